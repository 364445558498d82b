package org.sonograph.runtime.osc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
  @Test
  void warnsOnceASecond() {
    AtomicLong nanos = new AtomicLong();
    Complaints complaints = new Complaints(nanos::get);

    assertThat(complaints.warn("first")).isTrue();
    nanos.addAndGet(999_999_999);
    assertThat(complaints.warn("too soon")).isFalse();
    nanos.addAndGet(1);
    assertThat(complaints.warn("later")).isTrue();
  }
}
