package io.colloquy.command.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a real server that speaks S3. */
class S3ExportStoreTest extends ExportStoreContract {

  private static final String BUCKET = "exports-of-tests";
  private static final S3Proxy SERVER = server();
  private static final S3Client CLIENT = client();

  @TempDir private Path folder = Path.of("");

  private static S3Proxy server() {
    return S3Proxy.builder()
        .blobStore(BlobStores.create("transient-nio2", new Properties()))
        .endpoint(URI.create("http://127.0.0.1:0"))
        .awsAuthentication(AuthenticationType.AWS_V4, "key", "secret")
        .ignoreUnknownHeaders(true)
        .build();
  }

  private static S3Client client() {
    try {
      SERVER.start();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + SERVER.getPort()))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .build();
  }

  @BeforeAll
  static void makeBucket() {
    CLIENT.createBucket(bucket -> bucket.bucket(BUCKET));
  }

  @AfterAll
  static void stop() throws Exception {
    CLIENT.close();
    SERVER.stop();
  }

  @Override
  ExportStore store() {
    return new S3ExportStore(CLIENT, BUCKET, folder);
  }

  @Test
  void nothingStaysOnDiskOnceItIsSent() throws Exception {
    store().write(UUID.randomUUID().toString(), out -> out.write(1));
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
