// npm run crds: writes the CustomResourceDefinitions to deploy/base/crds.
import { writeFile } from 'node:fs/promises';
import { definitionFiles } from './index.ts';

for (const [name, yaml] of definitionFiles()) {
  await writeFile(new URL(`../../../deploy/base/crds/${name}`, import.meta.url), yaml);
}
