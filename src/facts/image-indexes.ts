import { defineFact, given, InvalidAnswer, known, type Reading } from "../fact.ts";
import { byRepository, imageName, inAnyRepository } from "./ecr-places.ts";
import { type Image, images, type OwnImage } from "./images.ts";
import type { Platform } from "./task-definitions.ts";

/** One of the images that an index lists, and what it runs on, in the words of Go; null where the index does not say. */
export type Variant = { readonly digest: string; readonly os: string | null; readonly architecture: string | null };
/** An image that stands for one image for each platform. */
export type ImageIndex = { readonly image: string; readonly variants: readonly Variant[] };

/** https://github.com/opencontainers/image-spec/blob/main/image-index.md and Docker's own name for the same. */
const mediaTypes = ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"];

/** Whether an image is an index, of which one of several images is pulled. */
export const isIndex = (image: Image): image is OwnImage => image.elsewhere === null && mediaTypes.includes(image.mediaType ?? "");

/** What the images list that are indexes. No image itself is pulled. */
export const imageIndexes = defineFact("imageIndexes", {
  kind: "image",
  calls: ["ecr:BatchGetImage"],
  needs: [images],
  batch: 100,

  subjects: ({ facts }) => facts.images.all().flatMap((image) => (isIndex(image) ? [image.image] : [])),

  ask: ({ aws, subjects }) =>
    byRepository(subjects, ({ registry, region, repository }, imageIds) => {
      const asked = { registryId: registry, repositoryName: repository, imageIds, acceptedMediaTypes: mediaTypes };
      return aws.ecr.BatchGetImage(asked, { region });
    }),

  resources: (_config, arn) => inAnyRepository("ecr:BatchGetImage", arn),

  read(answers, { subject, facts }): Reading<ImageIndex> {
    const image = facts.images.get(subject);
    const digest = image.elsewhere === null ? image.digest : null;
    const { images: found = [], failures = [] } = given(answers.get(subject), "answer");
    const one = found.find(({ imageId }) => imageId?.imageDigest === digest);
    if (!one) throw new InvalidAnswer(failures[0]?.failureReason ?? "AWS answered and did not mention it");
    return known({ image: subject, variants: variantsIn(given(one.imageManifest, "imageManifest")) });
  },

  name: imageName,
});

interface Manifest {
  readonly manifests?: readonly {
    readonly digest?: string;
    readonly platform?: { readonly os?: string; readonly architecture?: string };
    readonly annotations?: { readonly [name: string]: string };
  }[];
}

function variantsIn(text: string): readonly Variant[] {
  const { manifests } = JSON.parse(text) as Manifest;
  return given(manifests, "manifests").flatMap(({ digest, platform, annotations }) =>
    // How a build came about stands beside what it made.
    annotations?.["vnd.docker.reference.type"] === "attestation-manifest"
      ? []
      : [{ digest: given(digest, "digest"), os: platform?.os ?? null, architecture: platform?.architecture ?? null }],
  );
}

// containerd takes a 32-bit image where there is no better one: https://github.com/containerd/platforms/blob/main/compare.go
const architectures = { X86_64: ["amd64", "386"], ARM64: ["arm64", "arm"] } as const;

/** A platform of ECS in the words of Go, as images name it. */
export const inGo = ({ os, architecture }: Platform): string => `${osOf({ os })}/${architectures[architecture][0]}`;

const osOf = ({ os }: Pick<Platform, "os">) => (os.startsWith("WINDOWS") ? "windows" : "linux");

/** The images of an index that run on a platform, and those of which it does not say. */
export const variantsFor = ({ variants }: ImageIndex, platform: Platform): readonly Variant[] =>
  variants.filter(({ os, architecture }) => {
    if (os === null || architecture === null) return true;
    return os === osOf(platform) && (architectures[platform.architecture] as readonly string[]).includes(architecture);
  });
