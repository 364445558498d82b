/** The edge to S3-compatible storage: sounds out of buckets, finished takes into them. */
package org.sonograph.launcher.s3;
