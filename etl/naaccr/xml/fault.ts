import type { XmlRule } from '../rule/xml.ts';

/** What ends the reading of a file: behind it nothing can be said of what the file means. Holds no value of the file. */
export class XmlFault extends Error {
  readonly rule: XmlRule;
  /** Physical line, from 1. */
  readonly line: number;

  constructor(rule: XmlRule, line: number) {
    super(rule);
    this.name = 'XmlFault';
    this.rule = rule;
    this.line = line;
  }
}
