import { describeFamily } from "./sources";

describeFamily("operations");
