package io.twoarm.desktop.layout;

import java.util.List;

/**
 * What is to be placed.
 *
 * @param boxes in the order that the layout keeps from left to right where connections allow it
 * @param connections from the clients' side towards the realservers; they give the direction of reading
 */
public record LayoutRequest(List<Box> boxes, List<Connection> connections) {
    public LayoutRequest {
        boxes = List.copyOf(boxes);
        connections = List.copyOf(connections);
    }

    /** A figure and its size in drawing units. */
    public record Box(String id, double width, double height) {}

    /**
     * A link between two boxes.
     *
     * @param from id of the box nearer to the clients
     * @param to id of the other box
     * @param width room that its labels need across the link, in drawing units
     * @param length room that its labels need along the link, in drawing units
     */
    public record Connection(String from, String to, double width, double length) {}
}
