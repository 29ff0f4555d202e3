package io.twoarm.desktop.ui;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** The icons of the workbench by what they mean. Colour and size come from the style sheets. */
enum Icon {
    NEW(Material2OutlinedAL.ADD),
    OPEN(Material2OutlinedAL.FOLDER_OPEN),
    RELOAD(Material2OutlinedMZ.REFRESH),
    CLOSE(Material2OutlinedAL.CLOSE),
    DEPLOY(Material2OutlinedMZ.PLAY_ARROW),
    DEPLOY_HOSTS(Material2OutlinedAL.DNS),
    VERIFY(Material2OutlinedAL.FACT_CHECK),
    STOP(Material2OutlinedMZ.STOP),
    THEME(Material2OutlinedAL.BRIGHTNESS_4),
    ZOOM_IN(Material2OutlinedAL.ADD),
    ZOOM_OUT(Material2OutlinedMZ.REMOVE),
    FIT(Material2OutlinedAL.FULLSCREEN),
    ARRANGE(Material2OutlinedAL.ACCOUNT_TREE),
    DESIGN(Material2OutlinedAL.DESCRIPTION),
    CLIENT(Material2OutlinedAL.LAPTOP),
    ROUTER(Material2OutlinedMZ.OPEN_WITH),
    DIRECTOR(Material2OutlinedAL.DEVICE_HUB),
    REALSERVER(Material2OutlinedMZ.STORAGE),
    PORT(Material2OutlinedMZ.SETTINGS_ETHERNET),
    SEGMENT(Material2OutlinedAL.LINEAR_SCALE),
    SERVICE(Material2OutlinedMZ.PUBLIC),
    POOL(Material2OutlinedAL.LAYERS),
    LOCAL_POOL(Material2OutlinedAL.LABEL),
    DIRECTOR_GROUP(Material2OutlinedAL.GROUP_WORK),
    NAT_GATEWAY(Material2OutlinedAL.EXIT_TO_APP),
    PROPERTIES(Material2OutlinedMZ.TUNE),
    DEPLOYMENT(Material2OutlinedAL.CLOUD_UPLOAD),
    LIVE(Material2OutlinedMZ.TIMELINE),
    PROOF(Material2OutlinedAL.FACT_CHECK),
    ERROR(Material2OutlinedAL.ERROR_OUTLINE),
    WARNING(Material2OutlinedMZ.WARNING),
    NOTE(Material2OutlinedAL.INFO),
    DONE(Material2OutlinedAL.CHECK_CIRCLE),
    CANCEL(Material2OutlinedAL.CANCEL),
    COPY(Material2OutlinedAL.CONTENT_COPY),
    RECENT(Material2OutlinedAL.HISTORY),
    WAITING(Material2OutlinedMZ.RADIO_BUTTON_UNCHECKED),
    UNDO(Material2OutlinedMZ.UNDO),
    REDO(Material2OutlinedMZ.REDO),
    CUT(Material2OutlinedAL.CONTENT_CUT),
    PASTE(Material2OutlinedAL.CONTENT_PASTE),
    DUPLICATE(Material2OutlinedAL.CONTROL_POINT_DUPLICATE),
    DELETE(Material2OutlinedAL.DELETE_OUTLINE),
    REPAIR(Material2OutlinedAL.BUILD),
    RENAME(Material2OutlinedAL.CREATE),
    SELECT_ALL(Material2OutlinedMZ.SELECT_ALL),
    ALIGN_COLUMN(Material2OutlinedAL.FORMAT_ALIGN_CENTER),
    ALIGN_ROW(Material2OutlinedAL.DRAG_HANDLE),
    SPREAD_ACROSS(Material2OutlinedMZ.VIEW_COLUMN),
    SPREAD_DOWN(Material2OutlinedMZ.VIEW_STREAM),
    SEARCH(Material2OutlinedMZ.SEARCH),
    HISTORY(Material2OutlinedAL.HISTORY),
    FILES(Material2OutlinedAL.DESCRIPTION),
    OPEN_OBJECT(Material2OutlinedAL.ARROW_FORWARD),
    REMOVE(Material2OutlinedAL.CLEAR),
    EXPAND(Material2OutlinedAL.EXPAND_MORE),
    RECORD(Material2OutlinedAL.FIBER_MANUAL_RECORD),
    FOLLOW(Material2OutlinedMZ.VERTICAL_ALIGN_BOTTOM),
    SAVE(Material2OutlinedMZ.SAVE),
    TRACE(Material2OutlinedMZ.TIMELINE),
    PROBE(Material2OutlinedAL.BIOTECH),
    TERMINAL(Material2OutlinedAL.CODE),
    UP(Material2OutlinedAL.ARROW_UPWARD),
    IMPAIR(Material2OutlinedAL.FLASH_ON);

    private final Ikon ikon;

    Icon(Ikon ikon) {
        this.ikon = ikon;
    }

    FontIcon node(String... styleClasses) {
        FontIcon icon = new FontIcon(ikon);
        icon.getStyleClass().addAll(styleClasses);
        return icon;
    }
}
