// Where the documentation of this version can be read.
import { version } from "../../package.json";

/** The published pages of this version; ends with a slash. */
export const PAGES = `https://unpkg.com/cdktf-glue-zero-etl@${version}/docs/`;

/** Where pages are, as `--docs` says it, with the slash at the end that users may leave out. */
export function pagesOf(docs = PAGES): string {
  return docs.endsWith("/") ? docs : `${docs}/`;
}
