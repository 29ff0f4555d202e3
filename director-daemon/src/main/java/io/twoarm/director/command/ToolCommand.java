package io.twoarm.director.command;

import io.twoarm.director.control.ControlCommand;
import io.twoarm.director.control.ControlException;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.control.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A tool as a command of the control socket. The request is the tool's name and its words; blanks, percent signs and what is
 * not ASCII stand as {@code %} and two hexadecimal digits for each byte of UTF-8. The answer has {@code status}, {@code out}
 * and {@code err}.
 */
public record ToolCommand(Tool tool, DirectorView director) implements ControlCommand {

    /** All tools. */
    public static List<ControlCommand> all(DirectorView director) {
        return List.of(new ToolCommand(new Ipvsadm(), director), new ToolCommand(new Dpip(), director));
    }

    @Override
    public String name() {
        return tool.name();
    }

    @Override
    public String usage() {
        return tool.name() + " WORD ...";
    }

    @Override
    public String summary() {
        return "What " + tool.name() + " of a terminal does: its text and exit status.";
    }

    @Override
    public void run(List<String> arguments, Answer answer) throws ControlException, IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        for (String argument : arguments) {
            words.add(decode(argument));
        }
        ToolOutput said = tool.run(words, director.running());
        answer.line(Json.object()
                .put("status", said.status())
                .put("out", said.out())
                .put("err", said.err())
                .build());
    }

    private static String decode(String word) throws ControlException {
        if (!word.matches("([^%]|%[0-9a-fA-F]{2})*")) {
            throw new ControlException("a percent sign needs two hexadecimal digits behind it; found: " + word);
        }
        byte[] raw = word.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                bytes[length++] = (byte) (Character.digit(raw[i + 1], 16) << 4 | Character.digit(raw[i + 2], 16));
                i += 2;
            } else {
                bytes[length++] = raw[i];
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
