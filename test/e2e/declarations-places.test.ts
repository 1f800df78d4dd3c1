import { describeTheme } from "./declarations";

describeTheme("places");
