/** A formatter with the settings of one tree. Throws where it cannot read a file or its settings. */
export interface Formatter {
  /** The text of a file as the formatter writes it. */
  format(file: string, text: string): Promise<string>;
}
