// Package s3 is what the engine names of AWS's buckets, which a lab has no use for.
package s3

// CopyObjectInput is looked for in the copies that a bucket makes; buckets of files never have one.
type CopyObjectInput struct{ CopySource *string }
