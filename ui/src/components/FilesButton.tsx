import { FileButton } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, type ReactNode } from "react";
import { Button, PrimaryButton } from "./Button";

interface FilesButtonProps {
  children: ReactNode;
  /** Which files the system's window offers first, such as `.json`. */
  accept: string;
  onFiles: (files: readonly File[]) => void;
  /** Only one can be chosen. */
  single?: boolean;
  /** It is the main act of the screen. */
  main?: boolean;
}

/** Lets one or several files be chosen from the computer. */
export function FilesButton({ children, accept, onFiles, single = false, main = false }: FilesButtonProps) {
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
        <Press onClick={onClick} leftSection={<IconFolderOpen size="1rem" stroke={1.8} />}>
          {children}
        </Press>
      )}
    </FileButton>
  );
}

/** Takes files that are dropped anywhere on the window while this part is on screen. */
export function useDropped(onFiles: (files: readonly File[]) => void): void {
  const taken = useEffectEvent(onFiles);
  useEffect(() => {
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
  }, []);
}
