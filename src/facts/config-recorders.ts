import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";

/** A recorder of AWS Config, and how its last delivery went. */
export type ConfigRecorder = {
  readonly name: string;
  readonly recording: boolean;
  readonly last: "PENDING" | "SUCCESS" | "FAILURE" | "NOTAPPLICABLE" | null;
  readonly error: string | null;
};

/** The region's recorder of AWS Config, where there is one. */
export const configRecorders = defineFact("configRecorders", {
  kind: "aws-config",
  calls: ["config:DescribeConfigurationRecorderStatus"],

  subjects: () => ["recorder"],

  ask: ({ aws }) => aws.config.DescribeConfigurationRecorderStatus({}),

  read: ({ ConfigurationRecordersStatus }): Reading<{ readonly recorders: readonly ConfigRecorder[] }> =>
    known({
      recorders: given(ConfigurationRecordersStatus, "ConfigurationRecordersStatus").map((one) => ({
        name: given(one.name, "name"),
        recording: given(one.recording, "recording"),
        last: one.lastStatus === undefined ? null : oneOf(one.lastStatus.toUpperCase(), ["PENDING", "SUCCESS", "FAILURE", "NOTAPPLICABLE"]),
        error: one.lastErrorMessage ?? one.lastErrorCode ?? null,
      })),
    }),
});
