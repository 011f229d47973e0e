import { defineCheck, fail, pass, pending, sh, skip } from "../src/check.ts";
import { secrets } from "../src/facts/secrets.ts";

/** A rotation is four runs of a function, each of 15 minutes at the most. */
const longestRotation = 3_600_000;

export default defineCheck({
  title: "Every rotation is on time and leaves nothing unfinished",
  why: "A rotation that fails unseen ends in a password that the database no longer takes.",
  severity: { "pre-scale-up": "advice", "post-deploy": "advice", "sign-off": "warning" },
  about: secrets,
  none: skip("needs no secret: none is configured, and no task definition refers to one"),

  evaluate({ rotation, versions, changedAt }, _facts, { name, now }) {
    if (rotation === null) return skip("is not rotated");
    const { next, last } = rotation;
    const [unfinished] = Object.keys(versions).filter((id) => versions[id]?.includes("AWSPENDING") && !versions[id].includes("AWSCURRENT"));
    const evidence = { next, last, versions };
    const rotate = sh`aws secretsmanager rotate-secret --secret-id ${name}`;

    if (unfinished !== undefined) {
      const begun = changedAt !== null && now.getTime() - Date.parse(changedAt) < longestRotation;
      if (begun) return pending("is being rotated", { ...evidence, changedAt });
      const unlabel = sh`aws secretsmanager update-secret-version-stage --secret-id ${name} --version-stage AWSPENDING --remove-from-version-id ${unfinished}`;
      const fix = {
        do: "Mend what the log of the rotation function complains of, drop the stuck version and rotate again.",
        run: [unlabel, rotate],
      };
      return fail("has a stuck AWSPENDING version: a rotation began and never finished", { ...evidence, changedAt }, fix);
    }
    if (next !== null && Date.parse(next) < now.getTime()) {
      const fix = { do: "Mend what the log of the rotation function complains of, and rotate again.", run: [rotate] };
      return fail("should have been rotated by now, and was not", evidence, fix);
    }
    return pass("is rotated on time", evidence);
  },
});
