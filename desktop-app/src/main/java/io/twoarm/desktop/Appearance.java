package io.twoarm.desktop;

import io.twoarm.desktop.viewmodel.Settings;
import java.io.IOException;
import java.util.Locale;

/** What has to be known before the first window: the language and the size of everything. */
record Appearance(String language, int scale) {
    /** What a person has chosen; a broken file of settings is no reason not to start, and the window tells about it. */
    static Appearance ofUser() {
        try {
            Settings settings = Settings.read(Settings.userFile());
            return new Appearance(settings.language(), settings.scale());
        } catch (IOException | IllegalArgumentException broken) {
            return new Appearance(Settings.DEFAULT.language(), Settings.DEFAULT.scale());
        }
    }

    /** To be called before anything of the toolkit or any text is loaded. */
    void apply() {
        if (!language.isEmpty()) {
            Locale.setDefault(Locale.of(language, Locale.getDefault().getCountry()));
        }
        if (scale != Settings.DEFAULT.scale()) {
            System.setProperty("glass.gtk.uiScale", scale + "%");
        }
    }
}
