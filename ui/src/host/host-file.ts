/** What the host says of a file that was dropped or pasted. */
export interface Offered {
  id: string;
  name: string;
  size: number;
  media_type: string | null;
}

/** A file that lies at the host: its bytes come once somebody reads them, as those of a file from the system’s dialog do. */
export class HostFile extends File {
  readonly #read: () => Promise<ArrayBuffer>;

  constructor({ name, size, media_type }: Offered, read: () => Promise<ArrayBuffer>) {
    super([], name, { type: media_type ?? "" });
    this.#read = read;
    Object.defineProperty(this, "size", { value: size });
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#read();
  }

  /** A part of it, which reads the whole. */
  override slice(from?: number, to?: number): Blob {
    const read = async () => (await this.#read()).slice(from ?? 0, to);
    return new HostFile({ id: "", name: this.name, size: 0, media_type: this.type }, read);
  }
}
