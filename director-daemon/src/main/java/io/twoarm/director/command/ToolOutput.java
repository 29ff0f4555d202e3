package io.twoarm.director.command;

/**
 * What a tool says.
 *
 * @param status exit status, 0 to 255
 * @param out for standard output
 * @param err for standard error
 */
public record ToolOutput(int status, String out, String err) {
    static ToolOutput done(String out) {
        return new ToolOutput(0, out, "");
    }
}
