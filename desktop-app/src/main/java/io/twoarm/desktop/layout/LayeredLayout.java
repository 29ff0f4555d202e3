package io.twoarm.desktop.layout;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.EdgeStraighteningStrategy;
import org.eclipse.elk.alg.layered.options.FixedAlignment;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeLabelPlacement;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Layers from top to bottom by ELK's layered algorithm: clients at the top, realservers at the bottom, and the order of
 * the project file from left to right.
 */
public final class LayeredLayout implements AutomaticLayout {
    private static final double BETWEEN_BOXES = 30;
    private static final double BETWEEN_COMPONENTS = 70;
    private static final double BETWEEN_LAYERS = 5;

    @Override
    public Map<String, Point> place(LayoutRequest request) {
        ElkNode graph = graph();
        Map<String, ElkNode> nodes = new LinkedHashMap<>();
        for (LayoutRequest.Box box : request.boxes()) {
            ElkNode node = ElkGraphUtil.createNode(graph);
            node.setIdentifier(box.id());
            node.setDimensions(box.width(), box.height());
            nodes.put(box.id(), node);
        }
        for (LayoutRequest.Connection connection : request.connections()) {
            ElkEdge edge = ElkGraphUtil.createSimpleEdge(nodes.get(connection.from()), nodes.get(connection.to()));
            // An inline label makes ELK keep room for the texts beside the link.
            ElkLabel label = ElkGraphUtil.createLabel("labels", edge);
            label.setDimensions(connection.width(), connection.length());
            label.setProperty(LayeredOptions.EDGE_LABELS_PLACEMENT, EdgeLabelPlacement.CENTER);
            label.setProperty(LayeredOptions.EDGE_LABELS_INLINE, true);
        }
        new RecursiveGraphLayoutEngine().layout(graph, new BasicProgressMonitor());
        Map<String, Point> places = new LinkedHashMap<>();
        nodes.forEach((id, node) -> places.put(id, centre(node)));
        return places;
    }

    private static ElkNode graph() {
        ElkNode graph = ElkGraphUtil.createGraph();
        graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        graph.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN_BOXES);
        graph.setProperty(LayeredOptions.SPACING_COMPONENT_COMPONENT, BETWEEN_COMPONENTS);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        graph.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.BRANDES_KOEPF);
        graph.setProperty(LayeredOptions.NODE_PLACEMENT_BK_FIXED_ALIGNMENT, FixedAlignment.BALANCED);
        graph.setProperty(LayeredOptions.NODE_PLACEMENT_BK_EDGE_STRAIGHTENING, EdgeStraighteningStrategy.NONE);
        // The wiring is drawn by rules of its own; ELK need not keep room for bends.
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 0.0);
        // Without it ELK may swap figures between two runs of a slightly changed topology.
        graph.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
        return graph;
    }

    private static Point centre(ElkNode node) {
        return new Point(Math.rint(node.getX() + node.getWidth() / 2), Math.rint(node.getY() + node.getHeight() / 2));
    }
}
