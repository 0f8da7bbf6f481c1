import { expect, test } from 'vitest';
import { readContracts } from '../../etl/contract/contract.ts';
import { notFedBy } from '../../etl/not-fed.ts';
import { parseConfig } from '../../etl/workspace/config.ts';
import type { Workspace } from '../../etl/workspace/workspace.ts';

const contracts = readContracts();

const sourcesOf = (yaml: string): Pick<Workspace, 'sources'> => ({
  sources: parseConfig(yaml).sources.map((source) => ({ contract: null, mapping: 'canonical', ...source })) as never,
});

const registry = '  - { id: registry, path: x.xml, mapping: naaccr-xml }\n';
const visits = '  - { id: visits, path: x.csv, contract: encounter }\n';
const coding = ['encounter', 'coding_event'];

test('where no source can feed a metric, each says so', () => {
  const sentences = notFedBy(sourcesOf(`sources:\n${registry}`), contracts)('dnfc_count', coding);
  expect(sentences).toEqual([expect.stringContaining('Source `registry` cannot feed dnfc_count')]);
});

test('a source that delivers nothing of what the metric rests on is passed over where another can', () => {
  expect(notFedBy(sourcesOf(`sources:\n${registry}${visits}`), contracts)('dnfc_count', coding)).toEqual([]);
});

test('what a source can feed has no sentence', () => {
  expect(notFedBy(sourcesOf(`sources:\n${visits}`), contracts)('encounters', ['encounter'])).toEqual([]);
});

const claims = '  - { id: claims, path: x.csv, mapping: cms-rif-inpatient }\n';

test('all but some: of the product’s metrics those not named, and none of the workspace’s own', () => {
  const cannot = notFedBy(sourcesOf(`sources:\n${claims}`), contracts);
  expect(cannot('encounters', ['encounter'])).toEqual([]);
  expect(cannot('delinquency_rate', ['deficiency'])).toEqual([expect.stringContaining('Source `claims` cannot feed')]);
  expect(cannot('own_metric', ['encounter'])).toEqual([]);
});
