package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void theMedianIsInTheMiddleWhateverTheOrder() {
        assertThat(of(30, 10, 20).median()).isEqualTo(20);
        assertThat(of(40, 10, 30, 20).median()).isEqualTo(25);
        assertThat(of(7).median()).isEqualTo(7);
    }

    @Test
    void theExtremesAreKept() {
        assertThat(of(30, 10, 20).least()).isEqualTo(10);
        assertThat(of(30, 10, 20).greatest()).isEqualTo(30);
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        assertThatThrownBy(new Figures()::median).isInstanceOf(IllegalStateException.class);
    }

    private static Figures of(double... slices) {
        Figures figures = new Figures();
        for (double slice : slices) {
            figures.add(slice);
        }
        return figures;
    }
}
