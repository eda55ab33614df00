import type { Page } from '@playwright/test';

/** What the journey asks of a browser, however it is driven. */
export interface Engine extends Pick<Page, 'evaluate'> {
  /** As the browser says it. */
  readonly version: string;
  open(address: string): Promise<void>;
  /** A mouse passes over the page: a page that is only read waits for it. */
  stir(): Promise<void>;
  /** The last that fits, once it can be clicked. */
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  picture(): Promise<Uint8Array>;
  close(): Promise<void>;
}
