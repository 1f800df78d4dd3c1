import { describeFamily } from "./sources";

describeFamily("databases");
