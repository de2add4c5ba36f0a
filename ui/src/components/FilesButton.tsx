import { FileButton } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, type ReactNode } from "react";
import { Button, PrimaryButton } from "./Button";
import type { Combo } from "./hotkey";

interface FilesButtonProps {
  children: ReactNode;
  /** Which files the system's window offers first, such as `.json`. */
  accept: string;
  onFiles: (files: readonly File[]) => void;
  /** Only one can be chosen. */
  single?: boolean;
  /** It is the main act of the screen. */
  main?: boolean;
  /** Keys that press it from anywhere in the window; shown on it. */
  shortcut?: Combo;
}

/** Lets one or several files be chosen from the computer. */
export function FilesButton(props: FilesButtonProps) {
  const { children, accept, onFiles, single = false, main = false, shortcut } = props;
  const forget = useRef<() => void>(null);
  const Press = main ? PrimaryButton : Button;
  const chosen = (files: File[] | File | null) => {
    onFiles(files === null ? [] : [files].flat());
    // The same files may be chosen once more.
    forget.current?.();
  };
  return (
    <FileButton multiple={!single} accept={accept} onChange={chosen} resetRef={forget}>
      {({ onClick }) => (
        <Press
          onClick={onClick}
          leftSection={<IconFolderOpen size="1rem" stroke={1.8} />}
          {...(shortcut ? { shortcut } : {})}
        >
          {children}
        </Press>
      )}
    </FileButton>
  );
}

/** Takes files that are dropped anywhere on the window while this part is on screen. */
export function useDropped(onFiles: (files: readonly File[]) => void, enabled = true): void {
  const taken = useEffectEvent(onFiles);
  useEffect(() => {
    if (!enabled) return;
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      taken(files);
    };
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
    };
  }, [enabled]);
}

/** Takes files that are pasted anywhere on the window while this part is on screen; pasted text goes where it was meant. */
export function usePasted(onFiles: (files: readonly File[]) => void, enabled = true): void {
  const taken = useEffectEvent(onFiles);
  useEffect(() => {
    if (!enabled) return;
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      taken(files);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [enabled]);
}
