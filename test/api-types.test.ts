// The console's types of the API are those of the API's document.

import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { isInterfaceDeclaration } from 'typescript';
import { expect, it } from 'vitest';
import { openApi } from '../apps/api/src/testing/api-under-test.ts';

const head = '// Made of the document of the API by `test/api-types.test.ts`: not to be edited.\n\n';

it('apps/console/app/api/schema.d.ts is made of the document (vitest --update writes it)', async () => {
  const api = await openApi();
  const document = (await api.app.inject('/openapi.json')).json<OpenAPI3>();
  await api.close();
  // What is asked and answered, without the addresses: the console has one place for those.
  const types = await openapiTS({ ...document, paths: {} }, { immutable: true });
  const components = types.filter((node) => isInterfaceDeclaration(node) && node.name.text === 'components');
  await expect(head + astToString(components)).toMatchFileSnapshot('../apps/console/app/api/schema.d.ts');
});
