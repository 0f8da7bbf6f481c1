import type { NaaccrDictionary, NaaccrItem, NaaccrLevel, RecordType } from '../dictionary/dictionary.ts';
import { versionOf } from '../dictionary/dictionary.ts';
import { itemsOf, type FileDictionaries } from '../dictionary/items-of.ts';
import { itemName, NaaccrReader, shownId, type ItemElement, type StructureFlaw } from '../reader.ts';
import { userDictionariesOf, type NaaccrRoot } from '../root.ts';
import { calendarDate } from '../rule/calendar-date.ts';
import { codeListRule, type CodeLists } from '../rule/code-list.ts';
import { itemRules, type ItemRule } from '../rule/item.ts';
import { patientOnce, PatientIds } from '../rule/patient-once.ts';
import { recordTypeItem, recordVersion } from '../rule/root-item.ts';
import { rootFlaws, rootRules } from '../rule/root.ts';
import { isFrom, specificationOf, type Specification } from '../rule/rule.ts';
import { checkNames, rules, valueRules } from '../rule/rules.ts';
import { structureRules } from '../rule/structure.ts';
import type { ValueRule } from '../rule/value-rule.ts';
import type { XmlFault } from '../xml/fault.ts';
import { Elsewhere } from './elsewhere.ts';
import type { FileSummary, Finding } from './finding.ts';
import { notCheckedOf } from './not-checked.ts';

/** What a file is held to. */
export interface ValidatorOptions {
  /** Base and user dictionaries; those the file names are used, the others only to say where an unknown id comes from. */
  readonly dictionaries: readonly NaaccrDictionary[];
  /** Names of the checks of our own that are made (`checkNames`); all where left out. */
  readonly checks?: readonly string[];
  /** Null where there are none: then no code is judged. */
  readonly codeLists?: CodeLists | null;
  readonly onFinding: (finding: Finding) => void;
}

/** An item and the rules that its values may break. */
interface JudgedItem {
  readonly item: NaaccrItem;
  readonly rules: readonly ValueRule[];
  readonly isTrimmed: boolean;
  readonly isBarred: boolean;
}

/** Thrown to end the reading of a file that is no NAACCR XML. */
class Ended extends Error {}

/**
 * Holds a NAACCR XML file to the standard and to our own checks while it is read piece by piece: every rule that every
 * item breaks, not the first alone. Memory does not grow with the file.
 */
export class NaaccrValidator {
  readonly #options: ValidatorOptions;
  readonly #reader: NaaccrReader;
  readonly #checks: ReadonlySet<string>;
  readonly #judged = new Map<string, JudgedItem>();
  readonly #byRule = new Map<string, number>();
  readonly #elsewhere: Elsewhere;
  readonly #patientIds = new PatientIds();
  #valueRules: readonly ValueRule[] = [];
  #root: NaaccrRoot | null = null;
  #specification: Specification = '1.8';
  #dictionaries: FileDictionaries | null = null;
  #isEnded = false;
  #fault: XmlFault | null = null;
  #within: NaaccrLevel = 'NaaccrData';
  #patients = 0;
  /** The last patient whose id was met. */
  #identified = 0;
  #tumors = 0;
  #tumor = 0;
  #items = 0;
  #unjudged = 0;

  constructor(options: ValidatorOptions) {
    this.#options = options;
    this.#elsewhere = new Elsewhere(options.dictionaries);
    this.#checks = new Set(options.checks ?? checkNames);
    this.#reader = new NaaccrReader({
      root: (root) => this.#readRoot(root),
      open: (level) => {
        this.#within = level;
        if (level === 'Tumor') this.#tumors++;
        else this.#patients++;
        this.#tumor = level === 'Tumor' ? this.#tumor + 1 : 0;
      },
      item: (item) => this.#readItem(item),
      close: (level) => (this.#within = level === 'Tumor' ? 'Patient' : 'NaaccrData'),
      flaw: (flaw) => this.#readFlaw(flaw),
    });
  }

  /** @throws XmlFault, which is for `fault` */
  write(text: string): void {
    this.#untilEnded(() => this.#reader.write(text));
  }

  /** @throws XmlFault */
  close(): void {
    this.#untilEnded(() => this.#reader.close());
  }

  /** What ended the reading. */
  fault(fault: XmlFault): void {
    this.#fault = fault;
    this.#find(fault.rule, fault.line, null, rules.get(fault.rule)?.says ?? '');
  }

  /** What the file came to as far as it was read. */
  summary(): FileSummary {
    const byRule = [...this.#byRule].sort(([one], [other]) => (one < other ? -1 : 1));
    const sum = (kind: string | null): number =>
      byRule
        .filter(([code]) => kind === null || rules.get(code)?.kind === kind)
        .reduce((all, [, count]) => all + count, 0);
    return {
      specification: this.#root?.specificationVersion ?? null,
      dictionary: this.#root?.baseDictionaryUri ?? null,
      userDictionaries: this.#root === null ? [] : userDictionariesOf(this.#root),
      recordType: this.#root?.recordType ?? null,
      patients: this.#patients,
      tumors: this.#tumors,
      items: this.#items,
      errors: sum(null),
      checkErrors: sum('check'),
      byRule: Object.fromEntries(byRule),
      notChecked: notCheckedOf({
        faultLine: this.#fault?.line ?? null,
        isNoNaaccr: this.#isEnded,
        dictionaries: this.#dictionaries,
        unjudged: this.#unjudged,
        version: versionOf(this.#root?.baseDictionaryUri ?? ''),
        codeLists: this.#options.codeLists ?? null,
        checks: this.#checks,
        uncheckedIds: this.#patientIds.unchecked,
      }),
    };
  }

  #untilEnded(read: () => void): void {
    if (this.#isEnded) return;
    try {
      read();
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      this.#isEnded = true;
    }
  }

  #readRoot(root: NaaccrRoot): void {
    this.#root = root;
    if (root.name !== 'NaaccrData') {
      const hint = root.name === 'NaaccrDictionary' ? ' This is a dictionary: give it with --dictionary.' : '';
      this.#find('root-element', root.line, null, `${rootRules['root-element'].says}${hint}`);
      throw new Ended();
    }
    this.#specification =
      specificationOf(root.specificationVersion) ?? (root.specificationVersion === null ? '1.0' : '1.8');
    const uris = { base: root.baseDictionaryUri ?? '', user: userDictionariesOf(root) };
    this.#dictionaries = itemsOf(uris, this.#options.dictionaries);
    for (const { rule, says } of rootFlaws(root, this.#dictionaries)) this.#find(rule, root.line, null, says);
    const ours = [calendarDate, recordVersion(versionOf(uris.base)), recordTypeItem(root.recordType)];
    const { codeLists } = this.#options;
    this.#valueRules = [...valueRules, ...ours, ...(codeLists ? [codeListRule(codeLists)] : [])].filter(
      ({ kind, code }) => kind === 'standard' || this.#checks.has(code),
    );
  }

  #readFlaw({ rule, line, what, id, level }: StructureFlaw): void {
    this.#find(rule, line, id, `${what} in <${level}>: ${structureRules[rule].says}`);
  }

  #readItem({ id, number, value, level, line }: ItemElement): void {
    if (value === '') return;
    this.#items++;
    const judged = this.#judged.get(id) ?? this.#judge(id);
    if (judged === null) {
      this.#readUnknown(id, line);
      return;
    }
    const { item } = judged;
    if (number !== null && number.trim() !== '' && !isNumber(number, item.number))
      this.#itemFlaw('wrong-number', line, id, `${itemName(id)} bears another number than ${item.number}, its own`);
    if (item.level !== level)
      this.#itemFlaw('wrong-level', line, id, `${itemName(id)} stands in <${level}> but belongs in <${item.level}>`);
    if (judged.isBarred)
      this.#itemFlaw(
        'barred-item',
        line,
        id,
        `${itemName(id)} is of record types ${item.recordTypes.join(', ')}, the file is of ${this.#root!.recordType}`,
      );
    const text = judged.isTrimmed ? value.trim() : value;
    if (text.trim() === '') {
      if (!judged.isTrimmed) this.#itemFlaw('blank-value', line, id, `${itemName(id)} is blank: leave it out`);
      return;
    }
    for (const rule of judged.rules) {
      const says = rule.broken(text, item);
      if (says !== null) this.#find(rule.code, line, id, `${itemName(id)} ${says}.`);
    }
    if (id === 'patientIdNumber' && level === 'Patient') this.#readPatientId(text, line);
  }

  /** What an item is held to; made when it is first met. Null where no dictionary at hand knows the id. */
  #judge(id: string): JudgedItem | null {
    const item = this.#dictionaries?.items.get(id);
    if (!item) return null;
    const isTrimmed = item.isTrimmed && !isFrom(this.#specification, '1.7');
    const barred = !item.recordTypes.includes((this.#root?.recordType ?? '') as RecordType);
    const judged = {
      item,
      isTrimmed,
      isBarred: barred && /^[AMCI]$/.test(this.#root?.recordType ?? ''),
      rules: this.#valueRules.filter((rule) => rule.concerns(item, this.#specification)),
    };
    this.#judged.set(id, judged);
    return judged;
  }

  #readUnknown(id: string, line: number): void {
    if (id === '') this.#itemFlaw('id-missing', line, id, itemRules['id-missing'].says);
    else if (this.#mayBeKnown(id)) this.#unjudged++;
    else {
      const of = versionOf(this.#root?.baseDictionaryUri ?? '') ?? 'its base dictionary';
      const says = `is in no dictionary of the file (${of})${this.#elsewhere.phrase(id)}`;
      this.#itemFlaw('unknown-id', line, id, `${itemName(id)} ${says}`);
    }
  }

  /** Whether an id may be right though no dictionary at hand has it. */
  #mayBeKnown(id: string): boolean {
    const { base, missing } = this.#dictionaries!;
    if (base === null || missing.length > 0) return true;
    return base.isPartial && !this.#elsewhere.isOfOtherVersion(id);
  }

  #readPatientId(id: string, line: number): void {
    // A second id in one Patient is the business of `item-twice`.
    if (!this.#checks.has(patientOnce.code) || this.#identified === this.#patients) return;
    this.#identified = this.#patients;
    if (this.#patientIds.meet(id))
      this.#find(
        patientOnce.code,
        line,
        'patientIdNumber',
        'A Patient before this one has the same patientIdNumber: put their tumors into one.',
      );
  }

  #itemFlaw(rule: ItemRule, line: number, id: string, says: string): void {
    this.#find(rule, line, shownId(id), says);
  }

  #find(rule: string, line: number, item: string | null, says: string): void {
    this.#byRule.set(rule, (this.#byRule.get(rule) ?? 0) + 1);
    const patient = this.#within === 'NaaccrData' ? null : this.#patients;
    const tumor = this.#within === 'Tumor' ? this.#tumor : null;
    this.#options.onFinding({ rule, kind: rules.get(rule)?.kind ?? 'standard', line, patient, tumor, item, says });
  }
}

const isNumber = (written: string, number: string): boolean =>
  /^\s*[+-]?\d+\s*$/.test(written) && Number(written) === Number(number);
