package io.twoarm.desktop.viewmodel;

/**
 * Something that people should be told.
 *
 * @param headline one line
 * @param details everything that helps, several lines; may be empty
 */
public record Notice(Kind kind, String headline, String details) {

    /** How much it matters: an error waits until it was read, the others go by themselves. */
    public enum Kind {
        SUCCESS,
        INFORMATION,
        ERROR
    }

    /** What went wrong, in the words of whoever found it. */
    static Notice error(String headline, Exception cause) {
        String message = cause.getMessage();
        return new Notice(Kind.ERROR, headline, message == null ? cause.toString() : message);
    }
}
