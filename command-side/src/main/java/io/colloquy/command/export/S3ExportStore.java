package io.colloquy.command.export;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Keeps exported files in an S3 bucket, each under {@code exports/<id>}. A file is made on disk
 * first, so that its size and digest are known before it is sent.
 */
public final class S3ExportStore implements ExportStore {

  private static final String SHA_256 = "sha256";

  private final S3Client s3;
  private final String bucket;
  private final DiskExportStore unsent;

  /**
   * A store in a bucket.
   *
   * @param unsentFolder holds files until they are sent
   */
  public S3ExportStore(S3Client s3, String bucket, Path unsentFolder) {
    this.s3 = s3;
    this.bucket = bucket;
    this.unsent = new DiskExportStore(unsentFolder);
  }

  @Override
  public Written write(String exportId, Content content) {
    HeadObjectResponse earlier = head(exportId);
    if (earlier != null) {
      return new Written(
          location(exportId),
          earlier.contentLength(),
          String.valueOf(earlier.metadata().get(SHA_256)));
    }
    Written made = unsent.write(exportId, content);
    s3.putObject(
        put ->
            put.bucket(bucket)
                .key(key(exportId))
                .metadata(Map.of(SHA_256, made.sha256()))
                .contentLength(made.bytes()),
        RequestBody.fromFile(unsent.file(exportId)));
    unsent.delete(exportId);
    return new Written(location(exportId), made.bytes(), made.sha256());
  }

  private @Nullable HeadObjectResponse head(String exportId) {
    try {
      return s3.headObject(head -> head.bucket(bucket).key(key(exportId)));
    } catch (NoSuchKeyException notThere) {
      return null;
    }
  }

  @Override
  public Stored open(String exportId) {
    try {
      var object = s3.getObject(get -> get.bucket(bucket).key(key(exportId)));
      return new Stored(object, object.response().contentLength());
    } catch (NoSuchKeyException notThere) {
      throw new Refusal(ErrorCode.EXPORT_NOT_FOUND, "There is no such file any more.");
    }
  }

  @Override
  public void delete(String exportId) {
    unsent.delete(exportId);
    s3.deleteObject(delete -> delete.bucket(bucket).key(key(exportId)));
  }

  private String key(String exportId) {
    return "exports/" + unsent.file(exportId).getFileName();
  }

  private String location(String exportId) {
    return "s3://" + bucket + "/" + key(exportId);
  }
}
