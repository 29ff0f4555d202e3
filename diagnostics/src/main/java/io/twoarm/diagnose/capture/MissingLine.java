package io.twoarm.diagnose.capture;

/**
 * The first line of a connection that should have been seen and was not.
 *
 * @param step where the line was expected
 * @param seen the last line before it, with its place
 * @param cause what that means, and where to look
 */
public record MissingLine(Step step, String seen, String cause) {

    /** The places that a connection's packets pass, in order. */
    public enum Step {
        CLIENT_SENDS("the client sends to the VIP"),
        DIRECTOR_GETS("the director gets it"),
        DIRECTOR_FORWARDS("the director sends it to a realserver"),
        REALSERVER_GETS("the realserver gets it"),
        REALSERVER_ANSWERS("the realserver answers"),
        DIRECTOR_GETS_ANSWER("the director gets the answer"),
        DIRECTOR_RETURNS("the director sends it to the client"),
        CLIENT_GETS("the client gets it");

        private final String words;

        Step(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
