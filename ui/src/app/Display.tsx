import type { i18n } from "i18next";
import { I18nextProvider } from "react-i18next";
import { Look } from "../components/look/Look";
import { Board } from "../features/visits/board/Board";
import type { Host } from "../host/host";
import { HostProvider } from "../host/HostProvider";

/** The window of the waiting room, which can ask for its board and nothing else. */
export function Display({ host, text }: { host: Host; text: i18n }) {
  return (
    <I18nextProvider i18n={text}>
      <Look>
        <HostProvider host={host}>
          <Board />
        </HostProvider>
      </Look>
    </I18nextProvider>
  );
}
