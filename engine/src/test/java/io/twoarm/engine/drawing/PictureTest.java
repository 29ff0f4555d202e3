package io.twoarm.engine.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Topology;
import io.twoarm.model.project.Layout;
import io.twoarm.model.project.Layout.Position;
import io.twoarm.model.project.LinkShape;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PictureTest {

    @Test
    void theSvgOfEveryStarterIsXmlThatNamesAllItsNodes() throws Exception {
        for (StarterTopologies.Starter starter : StarterTopologies.all()) {
            Topology topology = topology(starter.name());
            String svg = Picture.of(topology, Layout.EMPTY).svg();
            NodeList texts = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)))
                    .getElementsByTagName("text");
            Set<String> words = new HashSet<>();
            for (int i = 0; i < texts.getLength(); i++) {
                words.add(texts.item(i).getTextContent());
            }

            assertThat(words).contains(topology.title());
            topology.hosts().forEach(host -> assertThat(words).contains(host.name()));
            topology.segments().forEach(segment -> assertThat(words).contains(segment.name()));
        }
    }

    @Test
    void nodesWithoutPlacesDoNotOverlap() throws Exception {
        for (StarterTopologies.Starter starter : StarterTopologies.all()) {
            String svg = Picture.of(topology(starter.name()), Layout.EMPTY).svg();
            NodeList boxes = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)))
                    .getElementsByTagName("rect");
            List<double[]> placed = new ArrayList<>();
            for (int i = 1; i < boxes.getLength(); i++) {
                Element box = (Element) boxes.item(i);
                double x = Double.parseDouble(box.getAttribute("x"));
                double y = Double.parseDouble(box.getAttribute("y"));
                double width = Double.parseDouble(box.getAttribute("width"));
                double height = Double.parseDouble(box.getAttribute("height"));
                assertThat(placed)
                        .as(starter.name())
                        .noneMatch(it ->
                                x < it[0] + it[2] && it[0] < x + width && y < it[1] + it[3] && it[1] < y + height);
                placed.add(new double[] {x, y, width, height});
            }
        }
    }

    @Test
    void linksFollowTheBendsOfTheLayout() {
        Topology topology = topology("two-arm-fullnat");
        Layout placed = Placing.of(topology, Layout.EMPTY);
        Position bend = new Position(-1234, 77);
        Layout bent = placed.withLink("rs1", "eth0", new Layout.Link(LinkShape.BENT, List.of(bend)));
        Layout orthogonal = placed.withLink("rs1", "eth0", new Layout.Link(LinkShape.ORTHOGONAL, List.of(bend)));

        assertThat(lines(Picture.of(topology, bent)))
                .hasSize(lines(Picture.of(topology, placed)).size() + 1);
        List<double[]> level = lines(Picture.of(topology, orthogonal));
        assertThat(level).hasSize(lines(Picture.of(topology, placed)).size() + 3);
        double leftmost = level.stream().mapToDouble(line -> line[2]).min().orElseThrow();
        assertThat(level.stream().filter(line -> line[0] == leftmost || line[2] == leftmost))
                .as("to the bend, down, and on to the segment")
                .hasSize(3)
                .allMatch(line -> line[0] == line[2] || line[1] == line[3]);
        assertThat(leftmost).as("the bend lies on the picture").isGreaterThan(0);
    }

    private static List<double[]> lines(Picture picture) {
        return Pattern.compile("<line x1=\"([^\"]+)\" y1=\"([^\"]+)\" x2=\"([^\"]+)\" y2=\"([^\"]+)\"")
                .matcher(picture.svg())
                .results()
                .map(line -> IntStream.rangeClosed(1, 4)
                        .mapToDouble(group -> Double.parseDouble(line.group(group)))
                        .toArray())
                .toList();
    }

    @Test
    void theSameDesignGivesTheSameBytes() {
        Topology topology = topology("keepalived-pair");

        assertThat(Picture.of(topology, Layout.EMPTY).svg())
                .isEqualTo(Picture.of(topology("keepalived-pair"), Layout.EMPTY).svg());
        assertThat(Picture.of(topology, Layout.EMPTY).png())
                .isEqualTo(Picture.of(topology("keepalived-pair"), Layout.EMPTY).png());
    }

    @Test
    void thePngHasInkOnPaper() throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(
                Picture.of(topology("two-arm-fullnat"), Layout.EMPTY).png()));
        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x += 3) {
            for (int y = 0; y < image.getHeight(); y += 3) {
                colours.add(image.getRGB(x, y));
            }
        }

        assertThat(image.getWidth()).isGreaterThan(400);
        assertThat(colours).contains(0xffffffff).hasSizeGreaterThan(10);
    }

    @Test
    void whatSvgWouldTakeForMarkupIsWrittenAsText() {
        Topology starter = topology("two-arm-fullnat");
        Topology odd = new Topology(
                "odd", "a < b & \"c\"", "", starter.segments(), starter.hosts(), List.of(), List.of(), List.of());

        assertThat(Picture.of(odd, Layout.EMPTY).svg()).contains("<title>a &lt; b &amp; &quot;c&quot;</title>");
    }

    private static Topology topology(String starter) {
        return ProjectReader.readText(
                        StarterTopologies.named(starter).orElseThrow().topology(), Path.of("topology.yaml"))
                .topology()
                .orElseThrow();
    }
}
