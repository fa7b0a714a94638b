// The Java program that runs one Elasticsearch node until it is asked to end. The archives bring no program of their own.

/** Text of the program; its arguments are the HTTP port and the data folder. Java runs it from its source. */
export const elasticsearchProgram = `
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.transport.Netty4Plugin;

class OneNode extends Node {
  OneNode(Settings settings) {
    super(
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "one"),
        List.of(Netty4Plugin.class),
        false);
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("es.set.netty.runtime.available.processors", "false");
    var settings = Settings.builder()
        .put("path.home", args[1])
        .put("path.data", args[1] + "/data")
        .put("http.port", args[0])
        .put("transport.port", "0")
        .put("network.host", "127.0.0.1")
        .put("discovery.type", "single-node")
        .put("http.type", "netty4")
        .put("transport.type", "netty4")
        .put("cluster.routing.allocation.disk.threshold_enabled", false)
        .build();
    var node = new OneNode(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        node.close();
      } catch (java.io.IOException failed) {
        failed.printStackTrace();
      }
    }));
    node.start();
    new CountDownLatch(1).await();
  }
}
`;
