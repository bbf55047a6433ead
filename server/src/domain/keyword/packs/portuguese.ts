import type { LanguagePack } from '../pack.ts';

/**
 * Read: Sinch Conversation API (parar, cancelar; voltar, receber), vendor lists of Brazil (parar, cancelar, remover, descadastrar, sair), Braze's Portuguese
 * pages. Sentences are ours and await a native reader.
 */
export const portuguese: LanguagePack = {
  optOut: [
    'parar', 'pare', 'parem', 'parar tudo', 'parar mensagens', 'sair', 'sair da lista', 'quero sair', 'quero sair da lista', 'descadastrar', 'descadastre',
    'descadastrar me', 'descadastro', 'me descadastre', 'me descadastra', 'desinscrever', 'desinscrição', 'cancelar inscrição', 'cancelar assinatura',
    'cancelar recebimento', 'remover', 'me remova', 'me remove', 'remova me', 'remover da lista', 'não perturbe', 'bloquear mensagens', 'anular subscrição',
  ],
  optIn: ['assinar', 'inscrever', 'inscrever me', 'receber', 'quero receber', 'subscrever', 'recadastrar'],
  help: ['ajuda', 'informação', 'informações'],
  contextOptOut: ['cancelar', 'cancela', 'encerrar', 'terminar', 'finalizar', 'fim', 'excluir', 'apagar', 'bloquear', 'retirar', 'eliminar', 'tirar', 'deletar'],
  contextOptIn: ['voltar', 'iniciar', 'começar', 'continuar', 'entrar', 'ativar', 'retomar', 'recomeçar'],
  yes: ['sim', 's', 'claro', 'confirmo', 'aceito', 'quero'],
  no: ['não', 'n', 'não quero', 'não obrigado', 'não obrigada'],
  suspected: [
    'para', 'chega', 'basta', 'não mais', 'nunca mais', 'não quero mais', 'não tenho interesse', 'sem interesse', 'não me interessa', 'me tira', 'me tire', 'me exclui',
    'me exclua', 'me bloqueia', 'sai', 'saia', 'engano', 'foi engano', 'número errado', 'spam', 'adeus', 'me deixa em paz', 'me deixe em paz', 'não incomode',
    'não me incomode', 'não me incomodem', 'não enche', 'saindo', 'vaza', 'some', 'remova', 'remove', 'exclua', 'exclui', 'apague', 'apaga', 'cancele', 'cancelem',
    'não desejo', 'parar por aqui',
  ],
  classes: {
    mensagem: 'mensagem|mensagens|msg|msgs|sms|email|emails|mail|mails|propaganda|propagandas|promoção|promoções|oferta|ofertas|notificação|notificações|publicidade|anúncio|anúncios|ligação|ligações|contato|contatos|contacto|contactos|whatsapp|zap|zaps|spam|newsletter|marketing|aviso|avisos|comunicação|comunicações|informação|informações|torpedo|torpedos|novidades',
    mandar: 'mandar|mandarem|enviar|enviarem|escrever|ligar|ligarem|encher|perturbar|incomodar|importunar|contactar|contatar|chamar|entupir|spammar',
    mande: 'mande|mandem|manda|envie|enviem|envia|escreva|escrevam|escreve|ligue|liguem|liga|perturbe|perturbem|perturba|incomode|incomodem|incomoda|contate|contatem|contacte|contactem|chame|chamem|chateie|chateiem|encha|encham|enche|procure|procurem|ligam|mandam',
    pare: 'pare|parem|para|parar|deixe|deixem|cesse|cessem|param',
    remover: 'remova|remove|remover|removam|removem|tira|tire|tirar|tirem|retira|retire|retirar|retirem|exclua|exclui|excluir|excluam|apague|apaga|apagar|apaguem|delete|deleta|deletar|deletem|elimine|elimina|eliminar|eliminem|descadastre|descadastra|descadastrar|descadastrem|bloqueie|bloqueia|bloquear|risque|desinscreva',
    lista: 'lista|listas|base|cadastro|cadastros|grupo|mailing|sistema|agenda|contatos|contactos|banco|registros|registos',
    numero: 'número|telefone|contato|contacto|celular|telemóvel|dados|nome|email|cadastro|fone|zap|whatsapp|tel|registro',
    depois: 'agora|hoje|amanhã|antes|depois|até|quando|se|às|que|ainda|cedo|tarde|porque|pq|pois',
  },
  phrases: [
    // pare de mandar, chega de mensagens
    '@pare|chega de|com @mandar|@mensagem|me',
    '@pare|chega de|com me @mandar',
    '@pare com essas|esses|as|os|isso|essa|esse',
    '@pare|chega|basta de ..1 @mensagem',
    // não me mande mais
    'não|nunca|jamais [me|nos] @mande [mais|nada|nunca|para|pra|essas|esse|este|estas] [este|esse|nenhuma|mais|nada] mais|nada|nunca|@mensagem|número|isso|$ !@depois',
    'não [me|nos] @mande mais',
    'não|nunca mais me|nos @mande',
    'não [me|nos] voltem|volte|tornem a @mandar',
    'não @mandar mais|nada|@mensagem',
    'pode|podem|poderia|poderiam [por|favor] parar por|de|com|já|agora|$',
    'desliga|desligue|desligar|desativa|desative|desativar|cancela|cancele|cancelem [as|os|o|a|essas|todas] @mensagem',
    'não precisa|precisam [me|mais] [me|mais] @mandar mais|nada|@mensagem',
    // não quero mais receber
    'não quero|desejo|gostaria|queremos|pretendo|autorizo|preciso [mais] [de] [mais] receber|@mensagem|contato|propaganda|saber|participar',
    'não quero|desejo|queremos mais nada|isso|@mensagem|essas|esse|receber|nenhum|nenhuma|vocês|fazer|participar|esses|estar',
    'não quero|desejo que me @mande|mandem|liguem',
    'não tenho|temos|há|possuo [mais|nenhum] [mais|nenhum] interesse',
    'não estou|estamos [mais] interessado|interessada|interessados',
    'não me interessa|interesso [mais|por|nada|isso|esse] $',
    'deixar de receber',
    'parar de receber',
    'não receber mais',
    'sem|não [dei|autorizei|minha|tem] [minha|meu] autorização|consentimento|permissão|autorizei',
    'retiro|revogo|retirar|revogar [o|meu|a] [meu|minha] consentimento|autorização',
    // me tira da lista, apaga meu número
    'me @remover de|da|do|dessa|desse|desta|deste [sua|seu|vossa|vosso|essa|esse|esta|tua] @lista',
    '@remover me|meu|minha|meus|minhas|nosso|o|os|a|este|esse [meu|minha|meus|minhas] @numero',
    '@remover [me] de|da|do|dessa|desse|desta|deste|daqui|destas [sua|seu|vossa|vosso|tua] @lista|aqui|@mensagem',
    '@remover me da|de|do|desta|por|$',
    'me @remover [por|daqui|daí|disso|agora|da|de|do|desta|dessa] [favor|lista|aqui] $',
    'sair|saio|sai|saindo [de|da|desta|dessa|do|deste|desse] [sua|seu|vossa] @lista|@mensagem',
    'descadastr*|desinscr*|dessubscr*',
    'cancelar|cancele|cancela|cancelem|cancelo|anular|encerrar [a|o|minha|meu|as|os|este|esse|essas|esses|todas] [minha|meu|as|os] inscrição|assinatura|subscrição|cadastro|recebimento|envio|@mensagem $',
    'quero|gostaria|desejo|solicito [de] cancelar|cancelamento [a|o|minha|meu|do|da|de] [minha|meu] inscrição|assinatura|subscrição|cadastro|recebimento|envio|@mensagem',
    // engano, reclamações
    'número|pessoa|contato|telefone errado|errada|incorreto',
    'não sou essa|esta pessoa',
    'não é esse|este|dele|dela o|número|dono',
    'me deixa|deixe|deixem em paz',
    'deixa|deixe|deixem me em paz',
    'não me inscrevi|cadastrei|registrei|registei|subscrevi',
    'não solicitei|pedi|autorizei [esse|essa|este|esta|isso|receber|contato|nenhum|o] [@mensagem|contato|mensagem]',
    'nunca me|pedi|autorizei|solicitei|assinei inscrevi|cadastrei|isso|isto|@mensagem|esse|essa|essas|receber',
    'como|onde|quem conseguiu|conseguiram|pegou|pegaram|arrumou|tem|obtiveram|obteve|passou|deu [o] [meu] meu|número|contato|telefone',
    'vou|irei [te|os|lhes] denunciar|processar|bloquear|reportar [vocês|você|este|esse|como|isso|no|na|a|o]',
    'denunciar|denunciado|denunciando|reportar [vocês|como] spam|procon|anatel',
    'isso|isto é spam|assédio',
  ],
  footers: [
    'responda|responder|envie|enviar|digite|mande|escreva|respondendo|resposta [com|a|esta|para|sms|mensagem|palavra] [com|a|palavra] sair|parar|stop|cancelar|pare|não|remover|descadastrar|ajuda|n|0 ..20',
    'para sair|cancelar|parar|não|descadastrar|remover|deixar [de|mais|do|da] [receber|mais] [mais|mensagens|sms] [mensagens|sms] responda|envie|digite|mande|escreva|clique|acesse ..20',
    'sair|parar|stop|cancelar para|p|pra não|cancelar|sair|parar|deixar|remover ..20',
    'você [foi|está|já] [foi] descadastrado|removido|removida|descadastrada ..20',
  ],
  negators: ['não', 'nunca', 'jamais', 'nem', 'sem', 'n'],
  betweenNegatorAndPhrase: [
    'me', 'quero', 'desejo', 'queria', 'vou', 'precisa', 'preciso', 'pode', 'podem', 'o', 'a', 'nos', 'posso', 'pretendo', 'pedi', 'é', 'mais', 'para', 'pra',
  ],
};
