package starbase.tools.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import starbase.stack.LabConfig;
import starbase.testing.SampleLab;
import starbase.topology.Topology;

/** The picture of Pulumi.lab.yaml has room for everything. */
class PlacementTest {
  private static final LabConfig LAB = SampleLab.config();
  private static final Topology TOPOLOGY = Topology.of(LAB, LAB.askedAddresses());
  private static final Placement PLACEMENT = Placement.of(TOPOLOGY);

  @Test
  void noTwoNodesOverlap() {
    var boxes = List.copyOf(PLACEMENT.nodes().values());
    assertThat(boxes).hasSize(TOPOLOGY.nodes().size());
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = i + 1; j < boxes.size(); j++) {
        assertThat(apart(boxes.get(i), boxes.get(j)))
            .as("%s and %s", boxes.get(i), boxes.get(j))
            .isTrue();
      }
    }
  }

  @Test
  void everyNodeIsInsideThePictureAndInItsLayersBand() {
    assertThat(TOPOLOGY.nodes())
        .allSatisfy(
            node -> {
              var box = PLACEMENT.box(node.id());
              var band = PLACEMENT.layers().get(node.column().lane());
              assertThat(box.x()).isGreaterThan(band.x());
              assertThat(box.right()).isLessThan(band.right());
              assertThat(box.y()).isGreaterThan(Placement.HEADINGS);
              assertThat(box.bottom()).isLessThan(PLACEMENT.height());
            });
  }

  /** A line runs along the row it starts in, up to the gap before the column it ends in. */
  @Test
  void noLineRunsThroughANode() {
    for (var edge : TOPOLOGY.edges()) {
      var from = PLACEMENT.box(edge.from());
      var to = PLACEMENT.box(edge.to());
      assertThat(PLACEMENT.nodes().values())
          .filteredOn(box -> box.x() > from.right() && box.right() < to.x())
          .noneMatch(box -> box.y() <= from.middle() && from.middle() <= box.bottom());
    }
  }

  @Test
  void requestsGoFromLeftToRight() {
    assertThat(TOPOLOGY.edges())
        .allMatch(edge -> PLACEMENT.box(edge.from()).right() < PLACEMENT.box(edge.to()).x());
  }

  private static boolean apart(Box one, Box other) {
    return one.right() < other.x()
        || other.right() < one.x()
        || one.bottom() < other.y()
        || other.bottom() < one.y();
  }
}
