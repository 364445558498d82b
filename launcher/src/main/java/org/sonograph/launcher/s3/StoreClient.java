package org.sonograph.launcher.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Opens the client as the usual variables and the profile say. */
final class StoreClient {
  /** What servers that know no regions are signed for. */
  private static final Region ANY = Region.US_EAST_1;

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** A connection that is silent for so long is cut. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private StoreClient() {}

  static S3Client open(Map<String, String> environment) {
    Optional<String> endpoint = endpoint(environment);
    S3ClientBuilder client =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            // Only what every server of the kind understands.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(c -> c.chunkedEncodingEnabled(false))
            .overrideConfiguration(c -> c.retryStrategy(retries()))
            .credentialsProvider(credentials(environment))
            .region(region(environment, endpoint.isPresent()));
    endpoint.ifPresent(e -> client.endpointOverride(URI.create(e)).forcePathStyle(true));
    return client.build();
  }

  private static StandardRetryStrategy retries() {
    BackoffStrategy backoff = BackoffStrategy.exponentialDelay(Backoff.FIRST, Backoff.LONGEST);
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(Backoff.MOST)
        .backoffStrategy(backoff)
        .throttlingBackoffStrategy(backoff)
        .circuitBreakerEnabled(false)
        .build();
  }

  private static Optional<String> endpoint(Map<String, String> environment) {
    return Stream.of(
            environment.get("AWS_ENDPOINT_URL_S3"),
            environment.get("AWS_ENDPOINT_URL"),
            ofProfile(environment))
        .filter(e -> e != null && !e.isBlank())
        .map(String::strip)
        .findFirst();
  }

  private static String ofProfile(Map<String, String> environment) {
    return ProfileFile.defaultProfileFile()
        .profile(environment.getOrDefault("AWS_PROFILE", "default"))
        .flatMap(p -> p.property("endpoint_url"))
        .orElse("");
  }

  private static AwsCredentialsProvider credentials(Map<String, String> environment) {
    String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    if (key.isBlank() || secret.isBlank()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return StaticCredentialsProvider.create(
        token.isBlank()
            ? AwsBasicCredentials.create(key, secret)
            : AwsSessionCredentials.create(key, secret, token));
  }

  private static Region region(Map<String, String> environment, boolean isCustom) {
    String named = environment.getOrDefault("AWS_REGION", "");
    if (!named.isBlank()) {
      return Region.of(named);
    }
    try {
      return isCustom ? ANY : new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkException e) {
      return ANY;
    }
  }
}
