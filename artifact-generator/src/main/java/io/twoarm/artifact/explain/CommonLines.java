package io.twoarm.artifact.explain;

import java.util.ArrayList;
import java.util.List;

/** Which lines two texts have in common, in order: the longest common subsequence. */
final class CommonLines {
    private CommonLines() {}

    /** The numbers, from 1, of the lines of a text that the other one does not have at their place. */
    static List<Integer> missing(List<String> text, List<String> other) {
        int start = 0;
        while (start < text.size() && start < other.size() && text.get(start).equals(other.get(start))) {
            start++;
        }
        int end = text.size();
        int otherEnd = other.size();
        while (end > start && otherEnd > start && text.get(end - 1).equals(other.get(otherEnd - 1))) {
            end--;
            otherEnd--;
        }
        List<String> middle = text.subList(start, end);
        List<String> otherMiddle = other.subList(start, otherEnd);
        int[][] common = new int[middle.size() + 1][otherMiddle.size() + 1];
        for (int i = middle.size() - 1; i >= 0; i--) {
            for (int j = otherMiddle.size() - 1; j >= 0; j--) {
                common[i][j] = middle.get(i).equals(otherMiddle.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Integer> missing = new ArrayList<>();
        int j = 0;
        for (int i = 0; i < middle.size(); i++) {
            while (j < otherMiddle.size()
                    && !middle.get(i).equals(otherMiddle.get(j))
                    && common[i][j + 1] == common[i][j]) {
                j++;
            }
            if (j < otherMiddle.size() && middle.get(i).equals(otherMiddle.get(j))) {
                j++;
            } else {
                missing.add(start + i + 1);
            }
        }
        return missing;
    }
}
