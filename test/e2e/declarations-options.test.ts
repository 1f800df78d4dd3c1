import { describeTheme } from "./declarations";

describeTheme("options");
