import { describeFamily } from "./sources";

describeFamily("ads");
