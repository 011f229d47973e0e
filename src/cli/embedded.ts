/** The embedded AWS and its worlds, of which nothing else in seaworthy knows. */
export const loadEmbedded = () => import("../../fixtures/demo.ts");
