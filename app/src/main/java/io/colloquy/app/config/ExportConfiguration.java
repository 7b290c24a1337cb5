package io.colloquy.app.config;

import io.colloquy.command.export.DiskExportStore;
import io.colloquy.command.export.ExportStore;
import io.colloquy.command.export.S3ExportStore;
import io.colloquy.db.embedded.SettingsException;
import java.net.URI;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Where exported files are kept: in the home folder, or in a bucket that is told. */
@Configuration
class ExportConfiguration {

  private static final String BUCKET_IS_SET = "!'${colloquy.s3-bucket:}'.isBlank()";

  @Bean
  @ConditionalOnExpression("!(" + BUCKET_IS_SET + ")")
  ExportStore diskExportStore(ColloquySettings settings) {
    return new DiskExportStore(settings.home().resolve("exports"));
  }

  /** Region and credentials are found where Amazon's tools find them: variables, files, roles. */
  @Bean(destroyMethod = "close")
  @ConditionalOnExpression(BUCKET_IS_SET)
  S3Client s3Client(ColloquySettings settings) {
    try {
      S3ClientBuilder client = S3Client.builder().httpClient(UrlConnectionHttpClient.create());
      if (!settings.s3Endpoint().isBlank()) {
        client.endpointOverride(URI.create(settings.s3Endpoint())).forcePathStyle(true);
      }
      return client.build();
    } catch (SdkException | IllegalArgumentException incomplete) {
      throw new SettingsException(
          "AWS_S3_BUCKET is set, but S3 is not: set AWS_REGION (and AWS_ENDPOINT_URL_S3 for a server other"
              + " than Amazon's, such as http://localhost:9000), or unset AWS_S3_BUCKET.");
    }
  }

  @Bean
  @ConditionalOnExpression(BUCKET_IS_SET)
  ExportStore s3ExportStore(S3Client client, ColloquySettings settings) {
    String bucket = settings.s3Bucket();
    try {
      client.headBucket(head -> head.bucket(bucket));
    } catch (SdkException unreachable) {
      throw new SettingsException(
          "The bucket \"%s\" of AWS_S3_BUCKET cannot be used: check its name, AWS_REGION, AWS_ENDPOINT_URL_S3 and the credentials (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)."
              .formatted(bucket));
    }
    return new S3ExportStore(client, bucket, settings.home().resolve("exports"));
  }
}
