package io.esrgan.tensor;

import java.io.IOException;
import java.net.URL;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch, loaded into this process.
 *
 * <p>Loading takes a second or two, several where the libraries must first be unpacked (350 MB,
 * once, into {@code ~/.javacpp/cache}), so nothing here happens before the first tensor is made.
 */
public final class Engine {
  private static final String VERSION = "libtorch 2.10.0";

  private static final String FOLDER = "/org/bytedeco/pytorch/";
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
  private static final List<String> LIBRARIES =
      List.of(
          "c10",
          "gomp",
          "iomp5",
          "torch_cpu",
          "torch",
          "c10_cuda",
          "torch_cuda",
          "torch_cuda_linalg");

  private Engine() {}

  private static final class Loaded {
    static final int THREADS = start();

    private static int start() {
      // JavaCPP otherwise reads the process's memory at every allocation, under a lock, and throws
      // at 4 x Xmx.
      setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
      setUnlessSet("org.bytedeco.javacpp.maxBytes", "0");
      requireCuda();
      unpackTogether();
      Loader.load(torch.class);
      int threads = Runtime.getRuntime().availableProcessors();
      torch.set_num_threads(threads);
      return threads;
    }

    /**
     * Where one of CUDA's libraries is missing, JavaCPP goes on with what else it finds; a libtorch
     * of the system among it kills the JVM.
     */
    private static void requireCuda() {
      boolean gpu =
          torch.class.getResource(FOLDER + Loader.getPlatform() + "-gpu/libtorch_cuda.so") != null;
      for (String library : gpu ? CUDA : List.<String>of()) {
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

    private static void setUnlessSet(String key, String value) {
      if (System.getProperty(key) == null) {
        System.setProperty(key, value);
      }
    }

    /**
     * JavaCPP unpacks and loads one library after the other. On an empty cache the first then finds
     * its companions in the system's library path, if a libtorch is installed there, and the
     * mixture kills the JVM.
     */
    private static void unpackTogether() {
      for (String build : List.of("", "-gpu")) {
        for (String name : LIBRARIES) {
          for (String pattern : List.of("lib%s.so", "lib%s.so.1", "lib%s.dylib", "%s.dll")) {
            unpack(
                "/org/bytedeco/pytorch/"
                    + Loader.getPlatform()
                    + build
                    + "/"
                    + pattern.formatted(name));
          }
        }
      }
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

  /** Loads libtorch if it is not loaded yet. */
  public static void load() {
    if (Loaded.THREADS < 1) {
      throw new IllegalStateException("libtorch found no processor");
    }
  }

  /** How many threads compute one operation. */
  public static int threads() {
    load();
    return torch.get_num_threads();
  }

  /**
   * Sets how many threads compute one operation, 1 or more. Results may differ in their last bits.
   */
  public static void threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          count + " threads cannot compute anything; give 1 or more");
    }
    load();
    torch.set_num_threads(count);
  }

  /** The engine's name and version. */
  public static String version() {
    return VERSION;
  }
}
