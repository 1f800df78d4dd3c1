import { describeFamily } from "./sources";

describeFamily("customers");
