package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupsTest {
  @TempDir Path folder;

  @Test
  void theTightestOfNestedGroupsCounts() throws IOException {
    write("cgroup", "0::/outer/inner\n");
    write("mount/outer/memory.max", "1000\n");
    write("mount/outer/memory.current", "900\n");
    write("mount/outer/memory.stat", "anon 5\ninactive_file 300\n");
    write("mount/outer/inner/memory.max", "max\n");
    write("mount/outer/inner/memory.current", "700\n");
    assertThat(available()).isEqualTo(400);
  }

  @Test
  void versionOneIsReadToo() throws IOException {
    write("cgroup", "5:devices:/a\n4:cpu,memory:/a\n0::/\n");
    write("mount/memory/a/memory.limit_in_bytes", "5000\n");
    write("mount/memory/a/memory.usage_in_bytes", "1500\n");
    write("mount/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(available()).isEqualTo(3500);
  }

  @Test
  void aContainerThatSeesItselfAsTheRootIsFound() throws IOException {
    write("cgroup", "0::/somewhere/outside\n");
    write("mount/memory.max", "2000\n");
    write("mount/memory.current", "2500\n");
    assertThat(available()).isZero();
  }

  @Test
  void withoutGroupsThereIsNoLimit() {
    assertThat(available()).isEqualTo(Long.MAX_VALUE);
  }

  private long available() {
    return ControlGroups.available(folder.resolve("cgroup"), folder.resolve("mount"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
