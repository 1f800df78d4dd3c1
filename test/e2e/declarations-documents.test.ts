import { describeTheme } from "./declarations";

describeTheme("documents");
