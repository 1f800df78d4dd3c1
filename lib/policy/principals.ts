// The service that reads sources and writes targets on the user's behalf.

/** Service principal of AWS Glue, which runs the integrations with a Glue target. */
export const GLUE_SERVICE = "glue.amazonaws.com";
