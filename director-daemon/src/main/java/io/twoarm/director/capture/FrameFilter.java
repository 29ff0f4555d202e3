package io.twoarm.director.capture;

import io.twoarm.director.memory.Mem;

/**
 * A program of the classic BPF machine (McCanne and Jacobson, "The BSD Packet Filter", 1993), as {@code tcpdump -ddd}
 * prints it. Jumps lead forward only, so that a program ends after as many steps as it has instructions.
 *
 * <p>Used by one thread at a time: the machine's memory is part of it.
 */
public final class FrameFilter {
    /** Most instructions that are taken. */
    public static final int LONGEST = 512;

    private static final int CLASS = 0x07;
    private static final int LD = 0;
    private static final int LDX = 1;
    private static final int ST = 2;
    private static final int STX = 3;
    private static final int ALU = 4;
    private static final int JMP = 5;
    private static final int RET = 6;
    private static final int MISC = 7;
    private static final int SOURCE_X = 0x08;
    private static final int SIZE = 0x18;
    private static final int HALF = 0x08;
    private static final int BYTE = 0x10;
    private static final int MODE = 0xe0;
    private static final int IMMEDIATE = 0x00;
    private static final int ABSOLUTE = 0x20;
    private static final int INDIRECT = 0x40;
    private static final int MEMORY = 0x60;
    private static final int LENGTH = 0x80;
    private static final int HEADER_LENGTH = 0xa0;
    private static final int RETURN_A = 0x10;
    private static final int TXA = 0x80;
    private static final int OPERATION = 0xf0;
    private static final int CELLS = 16;

    private final int[] codes;
    private final int[] ifTrue;
    private final int[] ifFalse;
    private final int[] operands;
    private final int[] memory = new int[CELLS];

    private FrameFilter(int instructions) {
        codes = new int[instructions];
        ifTrue = new int[instructions];
        ifFalse = new int[instructions];
        operands = new int[instructions];
    }

    /** A program that takes every frame. */
    public static FrameFilter everything() {
        return parse("6:0:0:262144");
    }

    /**
     * Reads a program: instructions separated by commas, each {@code code:jt:jf:k} in decimal digits.
     *
     * @throws IllegalArgumentException when it is not one, or could leave itself, the frame or the machine's memory
     */
    public static FrameFilter parse(String text) {
        String[] instructions = text.split(",", -1);
        if (instructions.length > LONGEST) {
            throw new IllegalArgumentException(
                    "the filter has " + instructions.length + " instructions; at most " + LONGEST + " are allowed");
        }
        FrameFilter filter = new FrameFilter(instructions.length);
        for (int i = 0; i < instructions.length; i++) {
            if (!instructions[i].matches("\\d{1,5}:\\d{1,3}:\\d{1,3}:\\d{1,10}")) {
                throw new IllegalArgumentException(
                        "instruction " + i + " of the filter is \"" + instructions[i] + "\"; allowed: CODE:JT:JF:K");
            }
            String[] parts = instructions[i].split(":");
            filter.codes[i] = Integer.parseInt(parts[0]);
            filter.ifTrue[i] = Integer.parseInt(parts[1]);
            filter.ifFalse[i] = Integer.parseInt(parts[2]);
            filter.operands[i] = (int) Long.parseLong(parts[3]);
            filter.check(i);
        }
        if ((filter.codes[instructions.length - 1] & CLASS) != RET) {
            throw new IllegalArgumentException("the last instruction of the filter is no return");
        }
        return filter;
    }

    private void check(int i) {
        int code = codes[i];
        int operand = operands[i];
        boolean good = switch (code & CLASS) {
            case LD, LDX -> (code & MODE) != MEMORY || operand >= 0 && operand < CELLS;
            case ST, STX -> operand >= 0 && operand < CELLS;
            case ALU -> (code & OPERATION) <= 0xa0 && ((code & SOURCE_X) != 0 || operand != 0 || !divides(code));
            case JMP ->
                (code & OPERATION) == 0
                        ? operand >= 0 && operand < codes.length - i - 1
                        : (code & OPERATION) <= 0x40 && Math.max(ifTrue[i], ifFalse[i]) < codes.length - i - 1;
            default -> true;
        };
        if (!good) {
            throw new IllegalArgumentException("instruction %d of the filter (%d:%d:%d:%d) does what no filter may"
                    .formatted(i, code, ifTrue[i], ifFalse[i], operand));
        }
    }

    private static boolean divides(int code) {
        return (code & OPERATION) == 0x30 || (code & OPERATION) == 0x90;
    }

    /**
     * Runs the program.
     *
     * @param frame address of the first byte
     * @param length in bytes
     */
    public boolean takes(long frame, int length) {
        int a = 0;
        int x = 0;
        for (int pc = 0; pc < codes.length; pc++) {
            int code = codes[pc];
            int k = operands[pc];
            switch (code & CLASS) {
                case LD -> {
                    int mode = code & MODE;
                    if (mode == ABSOLUTE || mode == INDIRECT) {
                        long at = (k & 0xffff_ffffL) + (mode == INDIRECT ? x & 0xffff_ffffL : 0);
                        int size = (code & SIZE) == BYTE ? 1 : (code & SIZE) == HALF ? 2 : 4;
                        if (at + size > length) {
                            return false;
                        }
                        a = load(frame + at, size);
                    } else {
                        a = mode == IMMEDIATE ? k : mode == MEMORY ? memory[k] : mode == LENGTH ? length : 0;
                    }
                }
                case LDX -> {
                    int mode = code & MODE;
                    if (mode == HEADER_LENGTH) {
                        if ((k & 0xffff_ffffL) >= length) {
                            return false;
                        }
                        x = (Mem.getByte(frame + k) & 15) * 4;
                    } else {
                        x = mode == IMMEDIATE ? k : mode == MEMORY ? memory[k] : length;
                    }
                }
                case ST -> memory[k] = a;
                case STX -> memory[k] = x;
                case ALU -> {
                    int operand = (code & SOURCE_X) != 0 ? x : k;
                    if (operand == 0 && divides(code)) {
                        return false;
                    }
                    a = calculate(code & OPERATION, a, operand);
                }
                case JMP -> {
                    int operand = (code & SOURCE_X) != 0 ? x : k;
                    pc += (code & OPERATION) == 0 ? k : holds(code & OPERATION, a, operand) ? ifTrue[pc] : ifFalse[pc];
                }
                case RET -> {
                    return ((code & SIZE) == RETURN_A ? a : k) != 0;
                }
                case MISC -> {
                    if ((code & 0xf8) == TXA) {
                        a = x;
                    } else {
                        x = a;
                    }
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    private static int load(long at, int size) {
        return switch (size) {
            case 1 -> Mem.getByte(at) & 0xff;
            case 2 -> Mem.getUnsignedShortBE(at);
            default -> Mem.getIntBE(at);
        };
    }

    private static int calculate(int operation, int a, int operand) {
        return switch (operation) {
            case 0x00 -> a + operand;
            case 0x10 -> a - operand;
            case 0x20 -> a * operand;
            case 0x30 -> Integer.divideUnsigned(a, operand);
            case 0x40 -> a | operand;
            case 0x50 -> a & operand;
            case 0x60 -> operand >>> 5 == 0 ? a << operand : 0;
            case 0x70 -> operand >>> 5 == 0 ? a >>> operand : 0;
            case 0x80 -> -a;
            case 0x90 -> Integer.remainderUnsigned(a, operand);
            default -> a ^ operand;
        };
    }

    private static boolean holds(int operation, int a, int operand) {
        return switch (operation) {
            case 0x10 -> a == operand;
            case 0x20 -> Integer.compareUnsigned(a, operand) > 0;
            case 0x30 -> Integer.compareUnsigned(a, operand) >= 0;
            default -> (a & operand) != 0;
        };
    }
}
