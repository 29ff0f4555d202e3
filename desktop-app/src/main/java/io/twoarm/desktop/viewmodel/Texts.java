package io.twoarm.desktop.viewmodel;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The texts of the workbench, from one resource bundle. A missing key is a programming error and stops with its name. */
public final class Texts {
    private static final ResourceBundle BUNDLE =
            ResourceBundle.getBundle("io.twoarm.desktop.texts", Locale.getDefault(), Texts.class.getClassLoader());

    private Texts() {}

    /** Whether there is such a text; for those that only some of a kind have. */
    public static boolean has(String key) {
        return BUNDLE.containsKey(key);
    }

    public static String text(String key) {
        return BUNDLE.getString(key);
    }

    /** The text with {@code {0}}, {@code {1}} … replaced, numbers in the user's own format. */
    public static String text(String key, Object... values) {
        return new MessageFormat(BUNDLE.getString(key), Locale.getDefault()).format(values);
    }

    /** The text of an enum constant, under {@code prefix.CONSTANT}. */
    public static String text(String prefix, Enum<?> constant) {
        return BUNDLE.getString(prefix + "." + constant.name());
    }
}
