package io.esrgan.tensor;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** The libraries of libtorch and oneDNN: from the jars that they come in into this process. */
final class NativeLibraries {
  private static final String LIBTORCH = "pytorch";
  private static final List<String> OF_LIBTORCH =
      List.of(
          "c10",
          "gomp",
          "iomp5",
          "torch_cpu",
          "torch",
          "c10_cuda",
          "torch_cuda",
          "torch_cuda_linalg");
  private static final List<String> CUDA =
      List.of(
          "libcudart.so.13",
          "libcublasLt.so.13",
          "libcublas.so.13",
          "libcusparse.so.12",
          "libcufft.so.12",
          "libcurand.so.10",
          "libcudnn.so.9",
          "libnccl.so.2");

  /** All of a build for CPUs on Linux, each behind those that it needs itself. */
  private static final List<Packed> ON_LINUX =
      List.of(
          new Packed("javacpp", "libjnijavacpp.so"),
          new Packed("openblas", "libquadmath.so.0"),
          new Packed("openblas", "libgfortran.so.5"),
          new Packed("openblas", "libopenblas.so.0"),
          new Packed(LIBTORCH, "libgomp.so.1"),
          new Packed(LIBTORCH, "libc10.so"),
          new Packed(LIBTORCH, "libtorch_cpu.so"),
          new Packed(LIBTORCH, "libtorch.so"),
          new Packed(LIBTORCH, "libjnitorch.so"),
          new Packed("dnnl", "libdnnl.so.3"),
          new Packed("dnnl", "libjnidnnl.so"));

  private static final String LOADS = "org.bytedeco.javacpp.loadlibraries";

  /** A library in a jar. */
  private record Packed(String project, String file) {
    URL source() { // null if there is none
      return torch.class.getResource(resource(project, "", file));
    }
  }

  private NativeLibraries() {}

  /** Loads libtorch as JavaCPP does it: on any platform, whatever else of JavaCPP is in use. */
  static void load() {
    limitNothing();
    requireCuda();
    unpackTogether();
    guarded(() -> Loader.load(torch.class));
  }

  /**
   * Whether {@link #loadDirectly} knows the libraries: of the build for CPUs, on Linux, and loaded
   * for the same classes.
   */
  static boolean areKnown() {
    return Loader.class.getClassLoader() == NativeLibraries.class.getClassLoader()
        && !isForGpus()
        && ON_LINUX.stream().allMatch(each -> each.source() != null);
  }

  /**
   * Loads libtorch and oneDNN in half the time, without the search for each of them that JavaCPP
   * makes through all jars and folders, and keeps it from searching in this process.
   *
   * @return whether all are loaded; if not, JavaCPP can still do it
   */
  static boolean loadDirectly() {
    if (!areKnown()) {
      return false;
    }
    limitNothing();
    String before = System.setProperty(LOADS, "false");
    boolean loaded = false;
    try {
      List<String> files = new ArrayList<>();
      for (Packed each : ON_LINUX) {
        files.add(Loader.cacheResource(each.source()).getAbsolutePath());
      }
      files.forEach(file -> guarded(() -> System.load(file)));
      loaded = true;
    } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
      return false; // JavaCPP then does it, or says what is wrong
    } finally {
      if (!loaded && before == null) {
        System.clearProperty(LOADS);
      } else if (!loaded) {
        System.setProperty(LOADS, before);
      }
    }
    return true;
  }

  /**
   * A process that ends while a library is loaded crashes; it may end before, and while unpacking.
   */
  private static void guarded(Runnable loading) {
    Gate.enter("load");
    try {
      loading.run();
    } finally {
      Gate.leave();
    }
  }

  /**
   * JavaCPP otherwise reads the process's memory at every allocation, under a lock, and throws at 4
   * x Xmx.
   */
  private static void limitNothing() {
    setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    setUnlessSet("org.bytedeco.javacpp.maxBytes", "0");
  }

  private static void setUnlessSet(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  private static boolean isForGpus() {
    return torch.class.getResource(resource(LIBTORCH, "-gpu", "libtorch_cuda.so")) != null;
  }

  /**
   * Where one of CUDA's libraries is missing, JavaCPP goes on with what else it finds; a libtorch
   * of the system among it kills the JVM.
   */
  private static void requireCuda() {
    for (String library : isForGpus() ? CUDA : List.<String>of()) {
      try {
        Loader.loadGlobal(library);
      } catch (UnsatisfiedLinkError e) {
        throw new IllegalStateException(
            "this is the build for GPUs, and the system's %s cannot be loaded; install CUDA 13, cuDNN 9 and NCCL 2, or build without -Pgpu"
                .formatted(library),
            e);
      }
    }
  }

  /**
   * JavaCPP unpacks and loads one library after the other. On an empty cache the first then finds
   * its companions in the system's library path, if a libtorch is installed there, and the mixture
   * kills the JVM.
   */
  private static void unpackTogether() {
    for (String build : List.of("", "-gpu")) {
      for (String name : OF_LIBTORCH) {
        for (String pattern : List.of("lib%s.so", "lib%s.so.1", "lib%s.dylib", "%s.dll")) {
          unpack(resource(LIBTORCH, build, pattern.formatted(name)));
        }
      }
    }
  }

  private static String resource(String project, String build, String file) {
    return "/org/bytedeco/" + project + "/" + Loader.getPlatform() + build + "/" + file;
  }

  private static void unpack(String resource) {
    URL library = torch.class.getResource(resource);
    if (library == null) {
      return; // of another platform or build
    }
    try {
      Loader.cacheResource(library);
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot unpack %s into %s: %s".formatted(resource, cacheFolder(), e.getMessage()), e);
    }
  }

  private static String cacheFolder() {
    return System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp/cache");
  }
}
