// The Java program that runs one OpenSearch node until it is asked to end. The runner's own main program neither takes
// ports above 9299 nor can be told to be a cluster of one, which makes it wait for others.

/** Text of the program; its arguments are the HTTP port and the data folder. Java runs it from its source. */
export const oneNodeProgram = `
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

class OneNode {
  public static void main(String[] args) throws Exception {
    var port = Integer.parseInt(args[0]);
    var runner = new OpenSearchRunner();
    runner.setMaxHttpPort(port);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        runner.close();
      } catch (IOException failed) {
        failed.printStackTrace();
      }
    }));
    runner.onBuild((number, settings) -> {
      settings.put("http.port", port);
      settings.put("transport.port", "0");
      settings.put("network.host", "127.0.0.1");
      settings.put("discovery.type", "single-node");
      settings.putList("discovery.seed_hosts");
      settings.remove("cluster.initial_cluster_manager_nodes");
      settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
    });
    runner.build(OpenSearchRunner.newConfigs().basePath(args[1]).numOfNode(1).baseHttpPort(port - 1).useLogger());
    new CountDownLatch(1).await();
  }
}
`;
