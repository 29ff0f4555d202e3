package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BarChartTest {
    @Test
    void barsAreAsLongAsTheirFigures() throws Exception {
        BarChart chart = new BarChart("Cost & time", "ns");
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("director", 50.0);
        values.put("peer", 25.0);
        chart.add("1 flow", values);

        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));

        NodeList rectangles = svg.getElementsByTagName("rect");
        double director = width(rectangles, rectangles.getLength() - 2);
        double peer = width(rectangles, rectangles.getLength() - 1);
        assertThat(director).isPositive().isEqualTo(2 * peer);
        assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("Cost & time");
    }

    private static double width(NodeList rectangles, int number) {
        return Double.parseDouble(((Element) rectangles.item(number)).getAttribute("width"));
    }
}
