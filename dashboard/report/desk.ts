import type { CheckSettings } from '../../warehouse/check/check.ts';
import { findMetrics, type Catalogue as MetricCatalogue } from '../../warehouse/metric/catalogue.ts';
import { definitionVersion } from '../../warehouse/metric/definition-version.ts';
import type { Reader } from '../../warehouse/open.ts';
import { answer } from '../../warehouse/query/answer.ts';
import { tableToArrow, toArrow } from '../../warehouse/query/arrow.ts';
import { toCatalogueJson, type CatalogueJson } from '../../warehouse/query/catalogue-json.ts';
import { checksOf } from '../../warehouse/query/checks.ts';
import { encodeTable } from '../../warehouse/query/encode.ts';
import { releaseFacts, settledThrough } from '../../warehouse/query/release-facts.ts';
import { standings, type Standing } from '../../warehouse/query/standings.ts';
import { registryBasis, type RegistryBasis } from '../../warehouse/query/registry/basis.ts';
import { cancerSurvival } from '../../warehouse/query/registry/cancer-survival.ts';
import { criteriaWithEdits, type Criterion } from '../../warehouse/query/registry/criteria.ts';
import { rates } from '../../warehouse/query/registry/rates.ts';
import { readRatesView, type RatesView } from '../../warehouse/query/registry/rates-view.ts';
import { readCancerSurvivalView, type CancerSurvivalView } from '../../warehouse/query/registry/survival-view.ts';
import { survival } from '../../warehouse/query/survival.ts';
import type { ViewState } from '../../warehouse/query/view-state.ts';
import type { Annotation } from '../store/annotation.ts';
import { readAnswer, readSurvivalGroups, type Answer, type SurvivalGroup } from '../data/answer.ts';
import { readable, type Catalogue } from '../data/catalogue.ts';
import type { Check } from '../data/check.ts';
import type { IsoDate } from '../data/period.ts';
import { readCancerSurvival, readRates, type CancerSurvival, type Rates } from '../data/registry-answer.ts';
import { readRelease, type Release } from '../data/release.ts';
import { toldRelease, type Told } from './told-release.ts';

/** Where the pages of a report ask: one release, whatever is published meanwhile. Answers are those a page gets. */
export interface Desk {
  readonly release: Release;
  readonly catalogue: Catalogue;
  /** What people said of series of numbers. */
  readonly annotations: readonly Annotation[];
  /** The worst first. */
  readonly checks: readonly Check[];
  /** Rows by the same reading as the screen's. @throws UserError as a query */
  readonly values: (view: ViewState) => Promise<Answer>;
  /** Kaplan–Meier curves of the view's one metric, one a group. */
  readonly curves: (view: ViewState) => Promise<readonly SurvivalGroup[]>;
  /** By which definition a metric is counted here, and how far its own sources are complete; null = not known. */
  readonly standsOn: (metric: string) => { readonly version: string; readonly completeThrough: IsoDate | null };
  /** @param byFacility one a facility instead of one for all */
  readonly standings: (
    metrics: readonly string[],
    where: ViewState['where'],
    byFacility?: boolean,
  ) => Promise<readonly Standing[]>;
  /** What rates and survival of a registry stand on, and so what may be asked. */
  readonly registryBasis: () => Promise<RegistryBasis>;
  readonly rates: (view: Partial<RatesView>) => Promise<Rates>;
  readonly cancerSurvival: (view: Partial<CancerSurvivalView>) => Promise<CancerSurvival>;
  /** How its years stand to the standards, edits counted. */
  readonly criteria: () => Promise<readonly Criterion[]>;
}

/** What a desk is made of. */
export interface DeskParts extends Told {
  readonly reader: Reader;
  readonly catalogue: MetricCatalogue;
  /** The same as pages are told it, where it is at hand. */
  readonly catalogueJson?: CatalogueJson;
  readonly checkSettings: CheckSettings;
  readonly annotations: readonly Annotation[];
}

/** @param signal gives up on what is asked */
export const openDesk = async (parts: DeskParts, signal?: AbortSignal): Promise<Desk> => {
  const { reader, catalogue, checkSettings } = parts;
  const told = await toldRelease(reader, parts);
  const facts = await releaseFacts(reader);
  return {
    release: readRelease(told),
    catalogue: readable(parts.catalogueJson ?? (await toCatalogueJson(reader, catalogue))),
    annotations: parts.annotations,
    checks: await checksOf(reader, catalogue, checkSettings),
    values: async (view) => readAnswer(toArrow(await answer(reader, catalogue, view, signal)), view),
    curves: async (view) => {
      const table = await survival(reader, catalogue, view, view.metrics[0] ?? '', signal);
      return readSurvivalGroups(tableToArrow(table), view.by);
    },
    standsOn: (id) => {
      const metric = findMetrics(catalogue, [id])[0]!;
      return { version: definitionVersion(metric), completeThrough: settledThrough(facts, metric, null) };
    },
    registryBasis: () => registryBasis(reader),
    rates: async (view) => {
      const { table, ...about } = await rates(reader, readRatesView(view), signal);
      return readRates(await encodeTable(table, about, 'arrow'));
    },
    cancerSurvival: async (view) => {
      const { table, ...about } = await cancerSurvival(reader, readCancerSurvivalView(view), signal);
      return readCancerSurvival(await encodeTable(table, { ...about }, 'arrow'));
    },
    criteria: () => criteriaWithEdits(reader, { settings: checkSettings, ...(signal === undefined ? {} : { signal }) }),
    standings: async (metrics, where, byFacility = false) => {
      if (metrics.length === 0) return [];
      const question = { metrics, where, byFacility, asOf: null };
      return (await standings(reader, catalogue, question, signal)).rows;
    },
  };
};
