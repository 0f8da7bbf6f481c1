import type { BatchReport } from '../land/batch-report.ts';
import type { EventType, LedgerFacet, ModelReport } from './ledger-event.ts';
import { runUuid } from './run-id.ts';

/** Who says what when: all that an event is written from. */
export interface Saying {
  readonly eventType: EventType;
  /** ISO 8601, UTC. */
  readonly eventTime: string;
  /** Id of the whole run. */
  readonly runId: string;
  /** The job the run began with, `run` mostly; the others are its children. */
  readonly runJob: string;
  readonly job: string;
  /** Which turn of the job within the run: a source lands batch after batch. */
  readonly turn: number;
  /** When the run was due; null where a person started it. ISO 8601, UTC. */
  readonly scheduledFor: string | null;
  readonly facet: LedgerFacet;
}

const producer = 'https://github.com/himsight/himsight';
const namespace = 'himsight';
const spec = 'https://openlineage.io/spec';

/** Where the shape of our own facet is written down: himsight-run-facet.schema.json beside this file. */
const ownSchema = `${producer}/blob/main/etl/ledger/himsight-run-facet.schema.json`;

/** A facet, signed and with the address of its schema. */
const facetOf = <T extends object>(schemaURL: string, content: T) => ({
  _producer: producer,
  _schemaURL: schemaURL,
  ...content,
});

const standard = (version: string, name: string): string => `${spec}/facets/${version}/${name}.json#/$defs/${name}`;

/**
 * An event in the shape of OpenLineage 2-0-2 (https://openlineage.io/spec/2-0-2/OpenLineage.json).
 *
 * A run of OpenLineage is a run of one job: the whole has a UUID of its own, each landing and each model another, which
 * names the whole as its parent.
 */
export const openLineageEvent = (saying: Saying) => {
  const { eventType, eventTime, runId, runJob, job, turn, facet } = saying;
  const isWhole = job === runJob;
  return {
    eventType,
    eventTime,
    producer,
    schemaURL: `${spec}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    run: {
      runId: runUuid(isWhole ? runId : `${runId}/${job}/${turn}`),
      facets: {
        himsight: facetOf(ownSchema, { run: runId, ...facet }),
        ...(isWhole ? nominalTime(saying) : parentOf(saying)),
        ...errorMessage(saying),
      },
    },
    job: { namespace, name: job, facets: { jobType: jobType(job) } },
    ...dataSets(facet),
  };
};

const nominalTime = ({ scheduledFor }: Saying) =>
  scheduledFor === null
    ? {}
    : { nominalTime: facetOf(standard('1-0-1', 'NominalTimeRunFacet'), { nominalStartTime: scheduledFor }) };

const parentOf = ({ runId, runJob }: Saying) => ({
  parent: facetOf(standard('1-0-1', 'ParentRunFacet'), {
    run: { runId: runUuid(runId) },
    job: { namespace, name: runJob },
  }),
});

/** Our sentences hold no value of any row, and a stack names our own code alone. */
const errorMessage = ({ eventType, facet: { message, batch, error } }: Saying) => {
  const said = message ?? batch?.message;
  if (eventType !== 'FAIL' || said === undefined) return {};
  return {
    errorMessage: facetOf(standard('1-0-1', 'ErrorMessageRunFacet'), {
      message: said,
      programmingLanguage: 'TypeScript',
      ...(error === undefined ? {} : { stackTrace: error }),
    }),
  };
};

/** `land encounters` is a job of the type LAND. */
const jobType = (job: string) =>
  facetOf(standard('2-0-3', 'JobTypeJobFacet'), {
    processingType: 'BATCH',
    integration: 'HIMSIGHT',
    jobType: job.replace(/ .*$/, '').toUpperCase(),
  });

const dataSets = ({ batch, model }: LedgerFacet) => {
  if (batch) return { inputs: filesOf(batch), outputs: rawOf(batch) };
  if (model?.action === 'build') return { inputs: readsOf(model), outputs: [builtOf(model)] };
  return { inputs: [], outputs: [] };
};

const filesOf = (batch: BatchReport) =>
  batch.files.map(({ name, bytes, records }) => ({
    namespace: 'file',
    name,
    inputFacets: {
      inputStatistics: facetOf(standard('1-0-0', 'InputStatisticsInputDatasetFacet'), {
        rowCount: records,
        size: bytes,
        fileCount: 1,
      }),
      // The questions were put to the rows of the batch; of several files nobody knows which of them broke one.
      ...(batch.files.length === 1 && batch.checks.length > 0 ? assertionsOf(batch) : {}),
    },
  }));

const assertionsOf = ({ checks }: BatchReport) => ({
  dataQualityAssertions: facetOf(standard('1-0-1', 'DataQualityAssertionsDatasetFacet'), {
    assertions: checks.map(({ contract, rule, violated }) => ({
      assertion: `${contract}: ${rule}`,
      success: violated === 0,
    })),
  }),
});

const rawOf = ({ status, contracts }: BatchReport) =>
  contracts.map(({ contract, accepted }) => ({
    namespace,
    name: `raw.${contract}`,
    outputFacets: statisticsOf(status === 'landed' ? accepted : 0),
  }));

const readsOf = ({ reads = [] }: ModelReport) => reads.map((name) => ({ namespace, name }));

const builtOf = ({ name, rows }: ModelReport) => ({
  namespace,
  name,
  ...(rows === null ? {} : { outputFacets: statisticsOf(rows) }),
});

const statisticsOf = (rowCount: number) => ({
  outputStatistics: facetOf(standard('1-0-2', 'OutputStatisticsOutputDatasetFacet'), { rowCount }),
});
